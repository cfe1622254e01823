/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/episode.h"

#include "wire/sensitivity.h"
#include "wire/time_json.h"

/* From, to and how many; null and none of an empty set. */
static void put_days(struct json_writer *writer, struct day_set days)
{
	if (days_empty(days)) {
		json_member_text(writer, "from", NULL);
		json_member_text(writer, "to", NULL);
	} else {
		json_member_day(writer, "from", days_first(days));
		json_member_day(writer, "to", days_last(days));
	}
	json_member_integer(writer, "days", days_count(days));
}

/* What is authorized; what is asked for as long as nothing is. */
static void write_request(struct json_writer *writer, const struct episode_request *request)
{
	const struct episode_holding *holds = &request->holds;
	json_open_object(writer);
	json_member_text(writer, "id", request->id);
	json_member_text(writer, "tracking_number", request->tracking_number);
	json_member_text(writer, "review", request->review);
	json_member_text(writer, "status", request->status);
	json_member_text(writer, "outcome", request->outcome);
	json_member_text(writer, "continues", request->continues);
	json_member_text(writer, "authorization", request->authorization);
	sensitivity_write(writer, request->sensitivity);
	put_days(writer, request->authorization != NULL ? holds->authorized : holds->asked);
	json_close_object(writer);
}

static void write_gaps(struct json_writer *writer, struct day_set gaps)
{
	json_put_name(writer, "gaps");
	json_open_array(writer);
	for (size_t i = 0; i < gaps.count; i++) {
		json_open_object(writer);
		put_days(writer, (struct day_set){&gaps.spans[i], 1});
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_texts(struct json_writer *writer, const char *name, const char *const *texts, size_t count)
{
	json_put_name(writer, name);
	json_open_array(writer);
	for (size_t i = 0; i < count; i++) {
		json_put_text(writer, texts[i]);
	}
	json_close_array(writer);
}

static unsigned labels_of(const struct episode *episode)
{
	unsigned labels = 0;
	for (size_t i = 0; i < episode->request_count; i++) {
		labels |= episode->requests[i].sensitivity;
	}
	return labels;
}

void episode_write(struct json_writer *writer, const struct episode *episode)
{
	json_open_object(writer);
	json_member_text(writer, "initial", episode->initial);
	json_member_text(writer, "continues", episode->continues);
	json_put_name(writer, "requests");
	json_open_array(writer);
	for (size_t i = 0; i < episode->request_count; i++) {
		write_request(writer, &episode->requests[i]);
	}
	json_close_array(writer);
	json_member_integer(writer, "days_authorized", days_count(episode->days.authorized));
	write_gaps(writer, episode->days.gaps);
	if (days_empty(episode->days.authorized)) {
		json_member_text(writer, "last_covered_day", NULL);
	} else {
		json_member_day(writer, "last_covered_day", days_last(episode->days.authorized));
	}
	json_member_text(writer, "next_request_by", episode->next_request_by);
	write_texts(writer, "carried_over", episode->carried_over, episode->carried_count);
	write_texts(writer, "asked_only", episode->asked_only, episode->asked_count);
	if (episode->alone) {
		sensitivity_put_notice(writer, labels_of(episode));
	}
	json_close_object(writer);
}
