/* SPDX-License-Identifier: Apache-2.0 */
#include "holds.h"

#include "base/text.h"
#include "policy/duty.h"

#include <inttypes.h>
#include <string.h>

/* RFC 6901, of a body of the policy's shape: what it names is there, or could be, or is what comes after the last element. */
static bool leads(const struct policy *policy, const struct json *body, const char *pointer, struct arena *arena)
{
	const struct json *node = body;
	struct slot slot;
	if (!pointer || pointer[0] != '/') {
		return pointer && pointer[0] == '\0'; /* the whole: what no place of a request can cure */
	}
	for (const char *at = pointer; *at == '/';) {
		const size_t length = strcspn(at + 1, "/");
		const char *here = arena_text(arena, pointer, (size_t)(at + 1 + length - pointer));
		if (node && json_kind(node) == JSON_ARRAY && strcmp(arena_text(arena, at + 1, length), "-") != 0 &&
		    !json_at(body, here)) {
			return false;
		}
		node = json_at(body, here);
		at += 1 + length;
	}
	if (node) {
		return true;
	}
	const char *place = stock_place(arena, pointer);
	const char *last = strrchr(place, '*');
	if (shape_find(policy->request, place, &slot)) {
		return true;
	}
	const struct layout *elements =
		last ? shape_elements(policy->request, arena_text(arena, place, (size_t)(last - 1 - place))) : NULL;
	return elements && (last[1] == '\0' || layout_find(elements, last + 2, &slot));
}

static bool speaks(const char *text)
{
	return text && !text_blank(text) && !strchr(text, '{') && !strchr(text, '}');
}

/* What is wrong with an entry, or NULL. */
static const char *entry_fault(const struct trial *trial, const struct json *body, const struct entry *entry,
			       struct arena *arena)
{
	const struct policy *policy = trial->submission.program->policy;
	if (!entry->item || entry->problem >= PROBLEM_COUNT) {
		return "an entry without an item or a problem";
	}
	if (!leads(policy, body, entry->pointer, arena)) {
		return arena_printf(arena, "%s: the pointer %s leads nowhere", entry->item->id,
				    entry->pointer ? entry->pointer : "(none)");
	}
	if (!speaks(entry->say) || !speaks(entry->fix)) {
		return arena_printf(arena, "%s at %s says \"%s\" and \"%s\"", entry->item->id, entry->pointer,
				    entry->say ? entry->say : "", entry->fix ? entry->fix : "");
	}
	return NULL;
}

static const char *entries_fault(const struct trial *trial, const struct json *body, const struct entry *entries, size_t count,
				 struct arena *arena)
{
	const char *wrong = NULL;
	for (size_t i = 0; i < count && !wrong; i++) {
		wrong = entry_fault(trial, body, &entries[i], arena);
	}
	return wrong;
}

static const char *lists_fault(const struct evaluation *evaluation, struct arena *arena)
{
	for (size_t i = 0; i < evaluation->missing_count; i++) {
		const struct item *item = evaluation->missing[i].item;
		if (item->kind != KIND_COMPLETENESS || evaluation->missing[i].pointer[0] == '\0') {
			return arena_printf(arena, "%s is missing and no completeness, or nowhere", item->id);
		}
	}
	for (size_t i = 0; i < evaluation->requested_count; i++) {
		const struct item *item = evaluation->requested[i].item;
		if ((item->kind != KIND_INFORMATION && item->kind != KIND_ON_REQUEST) ||
		    evaluation->requested[i].pointer[0] == '\0') {
			return arena_printf(arena, "%s is requested and no information, or nowhere", item->id);
		}
	}
	return NULL;
}

static const char *findings_fault(const struct trial *trial, const struct json *body, const struct evaluation *evaluation,
				  struct arena *arena)
{
	for (size_t i = 0; i < evaluation->finding_count; i++) {
		const struct finding *finding = &evaluation->findings[i];
		const bool judgment = finding->item->kind == KIND_JUDGMENT;
		if (finding->answer >= ANSWER_NOT_APPLICABLE) {
			return arena_printf(arena, "%s is a finding that does not apply", finding->item->id);
		}
		if (judgment && finding->answer != ANSWER_UNKNOWN) {
			return arena_printf(arena, "%s: the machine answers a judgment", finding->item->id);
		}
		if ((finding->answer == ANSWER_MET) != (finding->say == NULL) && !judgment) {
			return arena_printf(arena, "%s is %s and says \"%s\"", finding->item->id, answer_name(finding->answer),
					    finding->say ? finding->say : "");
		}
		if (finding->say && !speaks(finding->say)) {
			return arena_printf(arena, "%s says \"%s\"", finding->item->id, finding->say);
		}
		const char *wrong = entries_fault(trial, body, finding->entries, finding->entry_count, arena);
		if (wrong) {
			return wrong;
		}
	}
	return NULL;
}

static const char *flags_fault(const struct trial *trial, const struct json *body, const struct evaluation *evaluation,
			       struct arena *arena)
{
	for (size_t i = 0; i < evaluation->flag_count; i++) {
		const struct flag *flag = &evaluation->flags[i];
		if (!flag->code || !speaks(flag->say) || (flag->fix && !speaks(flag->fix)) ||
		    (flag->pointer && !leads(trial->submission.program->policy, body, flag->pointer, arena))) {
			return arena_printf(arena, "the flag of %s says \"%s\" at %s", flag->item->id,
					    flag->say ? flag->say : "", flag->pointer ? flag->pointer : "(none)");
		}
		for (size_t k = 0; k < flag->days.count; k++) {
			if (civil_compare(flag->days.spans[k].from, flag->days.spans[k].to) > 0) {
				return arena_printf(arena, "a span of the flag of %s ends before it begins", flag->item->id);
			}
		}
	}
	return NULL;
}

static const char *rest_fault(const struct evaluation *evaluation, struct arena *arena)
{
	for (size_t i = 0; i < evaluation->limit_count; i++) {
		const struct limit_excess *limit = &evaluation->limits[i];
		const bool more = limit->asked_days > limit->allowed_days || limit->asked_units > limit->allowed_units;
		if (!more || limit->asked_days < limit->allowed_days || civil_compare(limit->allowed_to, limit->asked_to) > 0 ||
		    !speaks(limit->say)) {
			return arena_printf(arena, "the limit of %s: %" PRId64 " days of %" PRId64 ", %g units of %g",
					    limit->item->id, limit->allowed_days, limit->asked_days, limit->allowed_units,
					    limit->asked_units);
		}
	}
	for (size_t i = 0; i < evaluation->clock_count; i++) {
		const struct clock *clock = &evaluation->clocks[i];
		if (instant_compare(clock->due.due_at, clock->started_at) < 0 || !speaks(clock->say)) {
			return arena_printf(arena, "the clock of %s is due before it starts", clock->item->id);
		}
	}
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		const bool first = i == 0 || evaluation->duties[i - 1].item != duty->item;
		if (duty->state >= DUTY_STATE_COUNT || !duty->key ||
		    duty->number != (first ? 1 : evaluation->duties[i - 1].number + 1)) {
			return arena_printf(arena, "duty %u of %s", duty->number, duty->item->id);
		}
		if (duty->fulfilled != (duty->state == DUTY_FULFILLED || duty->state == DUTY_LATE) &&
		    duty->state != DUTY_WAIVED) {
			return arena_printf(arena, "duty %u of %s is %s", duty->number, duty->item->id,
					    duty_state_name(duty->state));
		}
	}
	return NULL;
}

const char *holds_total(const struct trial *trial, const struct json *body, struct arena *arena)
{
	struct judged judged;
	if (!judge(trial, body, arena, &judged)) {
		return NULL;
	}
	const struct evaluation *evaluation = &judged.evaluation;
	if (evaluation->status >= STATUS_COUNT || evaluation->waiting_on >= WAITING_COUNT) {
		return "no status";
	}
	const char *wrong = entries_fault(trial, body, evaluation->missing, evaluation->missing_count, arena);
	wrong = wrong ? wrong : entries_fault(trial, body, evaluation->requested, evaluation->requested_count, arena);
	wrong = wrong ? wrong : lists_fault(evaluation, arena);
	wrong = wrong ? wrong : findings_fault(trial, body, evaluation, arena);
	wrong = wrong ? wrong : flags_fault(trial, body, evaluation, arena);
	return wrong ? wrong : rest_fault(evaluation, arena);
}
