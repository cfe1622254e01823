/* SPDX-License-Identifier: Apache-2.0 */
#include "dump.h"

#include "base/text.h"
#include "policy/duty.h"

#include <inttypes.h>

static const char *or_none(const char *text)
{
	return text ? text : "(none)";
}

static void put_days(struct text *out, struct arena *arena, struct day_set days)
{
	text_printf(out, " [%s]", days_text(arena, days));
}

static void put_entries(struct text *out, const char *list, const struct entry *entries, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct entry *entry = &entries[i];
		text_printf(out, "%s %s %s %s | %s | %s | %s | %s | %s\n", list, entry->item->id, problem_name(entry->problem),
			    or_none(entry->pointer), or_none(entry->found), or_none(entry->needed), or_none(entry->say),
			    or_none(entry->fix), or_none(entry->owner));
	}
}

const char *dump_entries(struct arena *arena, const struct entry *entries, size_t count)
{
	struct text out;
	text_init(&out, arena, 256);
	text_puts(&out, "");
	put_entries(&out, "", entries, count);
	return out.data;
}

static void put_findings(struct text *out, struct arena *arena, const struct evaluation *evaluation)
{
	for (size_t i = 0; i < evaluation->finding_count; i++) {
		const struct finding *finding = &evaluation->findings[i];
		text_printf(out, "finding %s %s %s\n", finding->item->id, answer_name(finding->answer), or_none(finding->say));
		put_entries(out, "  entry", finding->entries, finding->entry_count);
	}
	for (size_t i = 0; i < evaluation->flag_count; i++) {
		const struct flag *flag = &evaluation->flags[i];
		text_printf(out, "flag %s %s %s %s %s", flag->item->id, flag->code, or_none(flag->say), or_none(flag->fix),
			    or_none(flag->pointer));
		put_days(out, arena, flag->days);
		text_puts(out, "\n");
	}
	for (size_t i = 0; i < evaluation->return_count; i++) {
		const struct return_reason *reason = &evaluation->returns[i];
		text_printf(out, "return %s %s %d %s %s\n", reason->item->id, reason->reason, reason->verified,
			    or_none(reason->say), or_none(reason->fix));
	}
}

static void put_limits(struct text *out, const struct evaluation *evaluation)
{
	for (size_t i = 0; i < evaluation->limit_count; i++) {
		const struct limit_excess *limit = &evaluation->limits[i];
		text_printf(out, "limit %s %s %d..%d to %d, %" PRId64 " of %" PRId64 " days, %g of %g units, %s\n",
			    limit->item->id, or_none(limit->pointer), limit->from.day, limit->asked_to.day,
			    limit->allowed_to.day, limit->allowed_days, limit->asked_days, limit->allowed_units,
			    limit->asked_units, or_none(limit->say));
	}
	for (size_t i = 0; i < evaluation->clock_count; i++) {
		const struct clock *clock = &evaluation->clocks[i];
		text_printf(out, "clock %s %" PRId64 " due %" PRId64 " on %d act by %" PRId64 " last %d skipped %zu %s\n",
			    clock->item->id, clock->started_at.us, clock->due.due_at.us, clock->due.due_on.day,
			    clock->due.act_by.us, clock->due.last_business_day.day, clock->due.skipped_count,
			    or_none(clock->say));
	}
}

static void put_care(struct text *out, const struct evaluation *evaluation)
{
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		text_printf(out, "duty %s#%u %s %s from %s %d %" PRId64 " due %d %" PRId64 " by %s %d late %d\n",
			    duty->item->id, duty->number, duty->key, duty_state_name(duty->state), or_none(duty->began_with),
			    duty->started_on.day, duty->started_at.us, duty->has_due, duty->due_at.us,
			    or_none(duty->fulfilled_by), duty->fulfilled_on.day, duty->late_by_days);
	}
	for (size_t i = 0; i < evaluation->attestation_count; i++) {
		const struct attestation *attestation = &evaluation->attestations[i];
		text_printf(out, "attestation %s %s %s %d %d %d\n", attestation->item->id,
			    attestation_state_name(attestation->state), or_none(attestation->occurrence), attestation->on.day,
			    attestation->expires, attestation->expires_on.day);
	}
}

const char *dump_evaluation(struct arena *arena, const struct evaluation *evaluation)
{
	struct text out;
	text_init(&out, arena, 16384);
	text_printf(&out, "%s, waiting on %s, route %s, not required %s, gate %s, outreach %s %d\n",
		    status_name(evaluation->status), waiting_on_name(evaluation->waiting_on), or_none(evaluation->route),
		    evaluation->not_required ? evaluation->not_required->id : "(none)",
		    evaluation->open_gate ? evaluation->open_gate->id : "(none)",
		    evaluation->outreach ? evaluation->outreach->id : "(none)", evaluation->attempts_owed);
	put_days(&out, arena, evaluation->requested_days);
	text_puts(&out, "\n");
	put_entries(&out, "missing", evaluation->missing, evaluation->missing_count);
	put_entries(&out, "requested", evaluation->requested, evaluation->requested_count);
	put_findings(&out, arena, evaluation);
	put_limits(&out, evaluation);
	put_care(&out, evaluation);
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		text_printf(&out, "rule %s\n", evaluation->rules[i]->id);
	}
	for (size_t i = 0; i < evaluation->told_count; i++) {
		text_printf(&out, "told %s %s %d\n", evaluation->told[i].fact, evaluation->told[i].table,
			    evaluation->told[i].verified);
	}
	return out.data;
}
