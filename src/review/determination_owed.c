/* SPDX-License-Identifier: Apache-2.0 */
/* Who is to be told of a determination, of what, and by when. */
#include "base/json_write.h"
#include "base/text.h"
#include "review/determination_json.h"

/*
 * Within the determination's own time, or counted from the decision. A notice for which no time is said, or whose time had passed before a
 * decision was corrected, is given on the day of the decision.
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

const char *ruled_owed(const struct ruled *ruled)
{
	char due[INSTANT_TEXT_SIZE];
	char since[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct determination *determination = ruled->determination;
	const struct zone *zone = determination->facts->program->policy->zone;
	const struct evaluation *evaluation = determination->facts->evaluation;
	text_init(&out, determination->facts->arena, 1024);
	json_writer_init(&writer, &out);
	json_open_array(&writer);
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		const struct item *item = evaluation->rules[i];
		for (size_t k = 0; fits(determination, item) && k < item->to.count; k++) {
			json_open_object(&writer);
			json_member_text(&writer, "item", item->id);
			json_member_text(&writer, "to", item->to.list[k]);
			json_member_text(&writer, "say", item->text);
			json_member_text(&writer, "since", zone_format(zone, determination->facts->now, since));
			json_member_text(&writer, "due_at", zone_format(zone, notice_due(determination, item), due));
			json_member_text(&writer, "told_at", NULL);
			json_member_boolean(&writer, "late", false);
			json_close_object(&writer);
		}
	}
	json_close_array(&writer);
	return out.data;
}
