/* SPDX-License-Identifier: Apache-2.0 */
#include "review/placement_bounds.h"

#include "base/text.h"
#include "review/determination_grants.h"
#include "review/own_json.h"
#include "review/placement_line.h"
#include "review/plan.h"

#include <string.h>

/* ---- what was approved ---- */

/* True when it is not longer. */
static bool check_days(const struct amendment *amendment, const struct determination_facts *facts,
		       const struct asked_line *placed, struct issues *issues)
{
	char last[CIVIL_TEXT_SIZE];
	const int64_t most = days_count(placement_asked(amendment, facts));
	const int64_t days = days_count(placed->days);
	if (most == 0 || days <= most) {
		return true;
	}
	civil_format(civil_add_days(days_first(placed->days), (int)most - 1), last);
	issues_add(issues, "/to", "more_than_approved", arena_printf(facts->arena, "Give a last day up to %s.", last),
		   "%lld days are placed; at most %lld %s approved", (long long)days, (long long)most,
		   most == 1 ? "day was" : "days were");
	return false;
}

/* The lines that were approved for the code of the placement, or all where none is for it. */
static bool is_of(const struct determination_facts *facts, const struct asked_line *line, const struct asked_line *placed)
{
	bool own = false;
	for (size_t i = 0; i < facts->line_count; i++) {
		own = own || facts_same_code(&facts->lines[i], placed);
	}
	return !own || facts_same_code(line, placed);
}

/* A line that does not say what its unit is may mean any. */
static bool counts_so(const struct asked_line *line, const char *unit)
{
	return line->unit == NULL || strcmp(line->unit, unit) == 0;
}

/* UNITS_NOT_SAID where a line does not say how many. RET_OTHER: the unit of lines that count otherwise, or NULL. */
static double units_approved(const struct determination_facts *facts, const struct asked_line *placed, bool *ret_any,
			     const char **ret_other)
{
	double most = 0;
	*ret_any = false;
	*ret_other = NULL;
	for (size_t i = 0; i < facts->line_count; i++) {
		const struct asked_line *line = &facts->lines[i];
		if (!is_of(facts, line, placed)) {
			continue;
		}
		if (!counts_so(line, placed->unit)) {
			*ret_other = line->unit;
			continue;
		}
		*ret_any = true;
		most = most < 0 || units_asked(line) < 0 ? UNITS_NOT_SAID : most + units_asked(line);
	}
	return most;
}

static void check_units(const struct determination_facts *facts, const struct asked_line *placed, struct issues *issues)
{
	bool any;
	const char *other;
	const double most = units_approved(facts, placed, &any, &other);
	if (!any && other != NULL) {
		issues_add(issues, "/unit", "another_unit", arena_printf(facts->arena, "Give units of: %s.", other),
			   "no unit of this kind (%s) was approved", placed->unit);
	} else if (any && most >= 0 && placed->units > most + UNITS_SLACK) {
		issues_add(issues, "/units", "more_than_approved",
			   arena_printf(facts->arena, "Give at most %.15g units.", most),
			   "%.15g units (%s) are placed; at most %.15g (%s) were approved", placed->units, placed->unit, most,
			   placed->unit);
	}
}

/* ---- what may be approved at all ---- */

/* The request as if it had asked for the days of the placement, and for no others. */
static const struct json *with_days(const struct amendment *amendment, const struct asked_line *placed)
{
	char from[CIVIL_TEXT_SIZE];
	char to[CIVIL_TEXT_SIZE];
	struct arena *arena = amendment->call->arena;
	const struct json *body = amendment->draft.root;
	const char *period =
		arena_printf(arena, "{\"start\":\"%s\",\"end\":\"%s\"}", civil_format(days_first(placed->days), from),
			     civil_format(days_last(placed->days), to));
	if (json_member(body, "lines") != NULL) {
		body = own_json_edit(arena, body, "/lines", NULL);
	}
	return own_json_edit(arena, body, "/service_period", own_json(arena, period));
}

/* Its policy's word on those days. False with the outcome's issues. */
static bool judge(const struct amendment *amendment, const struct asked_line *placed, struct issues *issues,
		  struct draft *draft)
{
	const struct call *call = amendment->call;
	const struct json *plan = amendment->papers.plan;
	const struct instant arrived_at = plan_arrived_at(plan, amendment->view->row.received_at);
	*draft = amendment->draft;
	draft->root = with_days(amendment, placed);
	draft->record = shape_decode(amendment->program->policy->request, draft->root, call->arena, issues);
	if (draft->record == NULL) {
		return false;
	}
	draft_evaluate(draft, call->policies, plan, arrived_at, arrived_at, call->arena);
	return true;
}

static void add_barred(const struct determination_facts *facts, const struct flag *flag, struct day_set days,
		       struct day_set can, struct issues *issues)
{
	const char *rest = days_empty(can) ? "None of these days can be authorized."
					   : arena_printf(facts->arena, "Of these days %s can be authorized.",
							  days_brief(facts->arena, can));
	issues_add(issues, "/to", "not_approvable", rest, "%s cannot be approved (%s, %s): %s", days_brief(facts->arena, days),
		   flag->item->unapprovable, flag->item->id, say_brief(flag->say, flag->item));
}

static void check_barred(const struct amendment *amendment, const struct determination_facts *facts,
			 const struct asked_line *placed, struct issues *issues)
{
	struct draft draft;
	struct day_set closed = {NULL, 0};
	if (!judge(amendment, placed, issues, &draft)) {
		return;
	}
	const struct evaluation *evaluation = &draft.evaluation;
	for (size_t i = 0; i < evaluation->flag_count; i++) {
		if (evaluation->flags[i].item->unapprovable != NULL) {
			closed = days_union(facts->arena, closed, evaluation->flags[i].days);
		}
	}
	const struct day_set can = days_minus(facts->arena, placed->days, closed);
	for (size_t i = 0; i < evaluation->flag_count; i++) {
		const struct flag *flag = &evaluation->flags[i];
		const struct day_set days = days_both(facts->arena, flag->days, placed->days);
		if (flag->item->unapprovable != NULL && !days_empty(days)) {
			add_barred(facts, flag, days, can, issues);
		}
	}
}

void placement_bounds(const struct amendment *amendment, const struct determination_facts *facts,
		      const struct asked_line *placed, struct issues *issues)
{
	const struct json *units = json_member(amendment->input, "units");
	const bool said = units != NULL && json_kind(units) == JSON_NUMBER;
	if (check_days(amendment, facts, placed, issues) || said) {
		check_units(facts, placed, issues); /* units that are not said are as many as the days */
	}
	check_barred(amendment, facts, placed, issues);
}
