/* SPDX-License-Identifier: Apache-2.0 */
#include "review/operation.h"

#include "base/json_write.h"
#include "review/review_due.h"
#include "review/scheduler.h"

#include <inttypes.h>

static void answer_text(struct outcome *outcome, const struct text *text)
{
	outcome->body = text->data;
	outcome->length = text->length;
}

/* Why is in the log: everybody may read this, and tables and counts are not for everybody. */
static void warn_of_reload(struct json_writer *writer, struct service *service)
{
	char at[INSTANT_TEXT_SIZE];
	const struct instant refused = {atomic_load_explicit(&service->reload_refused_us, memory_order_acquire)};
	if (refused.us != 0) {
		json_put_text(
			writer,
			arena_printf(writer->out->arena,
				     "policies: the reload of %s was refused; the set before stays in force; the log says why",
				     instant_format_utc(refused, at)));
	}
}

static void write_warnings(struct json_writer *writer, struct service *service, const struct policy_set *set,
			   struct instant now)
{
	struct scheduler_stats time;
	scheduler_stats(service->scheduler, &time);
	json_put_name(writer, "warnings");
	json_open_array(writer);
	if (time.clock_suspect) {
		json_put_text(writer, "the machine's clock was moved; nothing is raised as due or ended until it is right");
	}
	if (time.skipped > 0) {
		json_put_text(writer, "nothing is raised for some requests; the log says why");
	}
	warn_of_reload(writer, service);
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		struct civil_date today = zone_date(policy->zone, now);
		if (policy->draft) {
			continue;
		}
		if (service_text_changed(service, policy)) {
			json_put_text(writer, arena_printf(writer->out->arena,
							   "policy %s %s has another text than when it was first loaded",
							   policy->id, policy->version));
		}
		if (review_past(policy, now)) {
			json_put_text(writer, arena_printf(writer->out->arena, "policy %s %s is past its review date",
							   policy->id, policy->version));
		}
		const enum calendar_end end = calendar_end(policy->calendar, today);
		if (end != CALENDAR_GOES_ON) {
			json_put_text(writer, arena_printf(writer->out->arena, "calendar %s %s", policy->calendar->id,
							   end == CALENDAR_ENDED ? "has ended" : "ends within a year"));
		}
	}
	json_close_array(writer);
}

bool operation_ready(struct service *service, struct instant now, struct arena *arena, struct outcome *outcome)
{
	struct text out;
	struct json_writer writer;
	bool store = store_healthy(service->store);
	bool queue = !store_congested(service->store);
	const struct policy_set *set = service_policies(service);
	bool policies = policy_set_count(set) > 0;
	text_init(&out, arena, 512);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "status", store && queue && policies ? "ready" : "not_ready");
	json_member_boolean(&writer, "store", store);
	json_member_boolean(&writer, "writer_has_room", queue);
	json_member_boolean(&writer, "policies", policies);
	write_warnings(&writer, service, set, now);
	json_close_object(&writer);
	answer_text(outcome, &out);
	return store && queue && policies;
}

static void write_file(struct json_writer *writer, const char *id, const char *digest_hex)
{
	json_open_object(writer);
	json_member_text(writer, "id", id);
	json_member_text(writer, "digest", digest_hex);
	json_close_object(writer);
}

/* What versions share. */
static void write_shared(struct json_writer *writer, const struct policy_set *set)
{
	size_t count = 0;
	const struct calendar *calendars = policy_set_calendars(set, &count);
	json_put_name(writer, "calendars");
	json_open_array(writer);
	for (size_t i = 0; i < count; i++) {
		write_file(writer, calendars[i].id, calendars[i].digest_hex);
	}
	json_close_array(writer);
	const struct policy_overlay *overlays = policy_set_overlays(set, &count);
	json_put_name(writer, "overlays");
	json_open_array(writer);
	for (size_t i = 0; i < count; i++) {
		write_file(writer, overlays[i].id, overlays[i].digest_hex);
	}
	json_close_array(writer);
}

void operation_version(struct service *service, struct arena *arena, struct outcome *outcome)
{
	const struct policy_set *set = service_policies(service);
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 1024);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "version", AR_VERSION);
	json_member_boolean(&writer, "sandbox", service->sandbox);
	json_member_text(&writer, "store", store_engine_version());
	json_put_name(&writer, "policies");
	json_open_array(&writer);
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		if (policy->draft) {
			continue; /* it judges nothing; /v1/policies lists it */
		}
		json_open_object(&writer);
		json_member_text(&writer, "id", policy->id);
		json_member_text(&writer, "version", policy->version);
		json_member_text(&writer, "digest", policy->digest_hex);
		json_close_object(&writer);
	}
	json_close_array(&writer);
	write_shared(&writer, set);
	json_close_object(&writer);
	answer_text(outcome, &out);
}

static void counter(struct text *out, const char *name, const char *type, const char *help, uint64_t value)
{
	text_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %" PRIu64 "\n", name, help, name, type, name, value);
}

void operation_metrics(struct service *service, struct text *out)
{
	struct store_stats stats;
	struct scheduler_stats time;
	store_stats(service->store, &stats);
	counter(out, "authreview_store_commits_total", "counter", "Transactions committed.", stats.commits);
	counter(out, "authreview_store_commands_total", "counter", "Commands committed.", stats.commands);
	counter(out, "authreview_store_queue", "gauge", "Commands waiting for the writer.", stats.queue_depth);
	counter(out, "authreview_events_last", "gauge", "Sequence number of the newest event.", stats.last_event);
	scheduler_stats(service->scheduler, &time);
	counter(out, "authreview_raised_total", "counter", "Events that time brought about.", time.raised);
	counter(out, "authreview_timers_skipped", "gauge", "Requests for which nothing can be raised.", time.skipped);
	counter(out, "authreview_clock_suspect", "gauge", "1 while the machine's clock cannot be believed.",
		time.clock_suspect);
	counter(out, "authreview_reload_refused", "gauge", "1 while the last reload of policies was refused.",
		atomic_load_explicit(&service->reload_refused_us, memory_order_relaxed) != 0);
	counter(out, "authreview_policies", "gauge", "Policy versions loaded.", policy_set_count(service_policies(service)));
}
