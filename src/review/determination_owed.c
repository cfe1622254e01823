/* SPDX-License-Identifier: Apache-2.0 */
/* Who is to be told of a determination, of what, and by when. */
#include "base/json_write.h"
#include "base/text.h"
#include "review/determination_json.h"

#include <string.h>

/*
 * Within the determination's own time, or counted from the decision. A notice for which no time is said, or whose time had passed before a
 * decision was corrected, is given on the day of the decision; one that was owed and not given by then stays owed by its own time.
 */
static struct instant notice_due(const struct determination *determination, const struct item *item)
{
	const struct determination_facts *facts = determination->facts;
	const struct policy *policy = facts->program->policy;
	const struct clock *own = clock_list_own(&facts->clocks);
	struct instant today = zone_end_of_day(policy->zone, facts_day(facts, facts->now));
	if (!item->within_due && item->clock.amount > 0) {
		return clock_compute(&item->clock, facts->now, policy->zone, policy->calendar).due_at;
	}
	bool passed = own == NULL || clock_late(own, facts->now);
	bool again = determination->before != NULL || !item->within_due;
	return own == NULL || (passed && again) ? today : own->due.due_at;
}

static bool fits(const struct determination *determination, const struct item *item)
{
	unsigned of = determination->verdict == VERDICT_APPROVED ? RULING_APPROVED
		      : determination->verdict == VERDICT_DENIED ? RULING_DENIED
								 : RULING_APPROVED | RULING_DENIED;
	return item->kind == KIND_NOTICE && (item->of & of) != 0;
}

/* Of what was owed about the decision that is corrected: what nobody was told yet. Its time goes on. */
static bool carried(const struct ruled *ruled, const struct json *owed)
{
	const struct determination *determination = ruled->determination;
	bool correction = determination->before != NULL && determination->appeal == NULL;
	return correction && json_kind(json_member(owed, "told_at")) == JSON_NULL;
}

static bool owed_already(const struct ruled *ruled, const struct item *item, const char *to)
{
	const struct json *node = json_first(json_member(ruled->determination->facts->plan, "owed"));
	for (; node != NULL; node = json_next(node)) {
		if (carried(ruled, node) && strcmp(json_text(json_member(node, "item")), item->id) == 0 &&
		    strcmp(json_text(json_member(node, "to")), to) == 0) {
			return true;
		}
	}
	return false;
}

static void write_carried(struct json_writer *writer, const struct ruled *ruled)
{
	const struct json *node = json_first(json_member(ruled->determination->facts->plan, "owed"));
	for (; node != NULL; node = json_next(node)) {
		if (carried(ruled, node)) {
			json_put_tree(writer, node);
		}
	}
}

static void write_owed(struct json_writer *writer, const struct determination *determination, const struct item *item,
		       const char *to)
{
	char due[INSTANT_TEXT_SIZE];
	char since[INSTANT_TEXT_SIZE];
	const struct zone *zone = determination->facts->program->policy->zone;
	json_open_object(writer);
	json_member_text(writer, "item", item->id);
	json_member_text(writer, "to", to);
	json_member_text(writer, "say", item->text);
	json_member_text(writer, "since", zone_format(zone, determination->facts->now, since));
	json_member_text(writer, "due_at", zone_format(zone, notice_due(determination, item), due));
	json_member_text(writer, "told_at", NULL);
	json_member_boolean(writer, "late", false);
	json_close_object(writer);
}

const char *ruled_owed(const struct ruled *ruled)
{
	struct text out;
	struct json_writer writer;
	const struct determination *determination = ruled->determination;
	const struct evaluation *evaluation = determination->facts->evaluation;
	text_init(&out, determination->facts->arena, 1024);
	json_writer_init(&writer, &out);
	json_open_array(&writer);
	write_carried(&writer, ruled);
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		const struct item *item = evaluation->rules[i];
		for (size_t k = 0; fits(determination, item) && k < item->to.count; k++) {
			if (!owed_already(ruled, item, item->to.list[k])) {
				write_owed(&writer, determination, item, item->to.list[k]);
			}
		}
	}
	json_close_array(&writer);
	return out.data;
}
