/* SPDX-License-Identifier: Apache-2.0 */
/* On what ground something may be refused, and what an approval may not leave open. */
#include "base/text.h"
#include "review/determination.h"
#include "review/plan.h"
#include "review/timers.h"

#include <string.h>

/* What must be so for a ground. */
enum ground {
	GROUND_REFUSED, /* a licensed reviewer answered criteria not met */
	GROUND_OPEN, /* criteria stay open though their papers were asked for in time */
	GROUND_DAYS, /* days that cannot be approved on this basis */
	GROUND_CAP, /* more is asked than one authorization may hold */
	GROUND_INTERQUAL /* the same, as an InterQual review shows it */
};

static const struct basis_row {
	const char *name;
	enum ground ground;
} rows[] = {
	{"criterion_not_met", GROUND_REFUSED}, {"not_eligible_part", GROUND_DAYS},
	{"primary_payer_part", GROUND_DAYS},   {"retroactive_days", GROUND_DAYS},
	{"before_con", GROUND_DAYS},           {"policy_limit", GROUND_CAP},
	{"interqual_limit", GROUND_INTERQUAL}, {"insufficient_information", GROUND_OPEN},
};
_Static_assert(sizeof(rows) / sizeof(rows[0]) == BASIS_COUNT, "every basis has a row");

const char *basis_name(size_t place)
{
	return place < BASIS_COUNT ? rows[place].name : NULL;
}

static const struct basis_row *row_of(const char *basis)
{
	for (size_t i = 0; basis != NULL && i < BASIS_COUNT; i++) {
		if (strcmp(rows[i].name, basis) == 0) {
			return &rows[i];
		}
	}
	return NULL;
}

static bool named(const struct determination *determination, const char *id)
{
	for (size_t i = 0; i < determination->criterion_count; i++) {
		if (strcmp(determination->criteria[i], id) == 0) {
			return true;
		}
	}
	return false;
}

/* What an approval in part refuses may rest on criteria that are not met, or open; what it grants on none such. */
static bool excused(const struct determination *determination, const struct found *found)
{
	const struct basis_row *row = row_of(determination->basis);
	return determination->verdict == VERDICT_IN_PART && row != NULL &&
	       (row->ground == GROUND_REFUSED || row->ground == GROUND_OPEN) && named(determination, found->item->id);
}

void determination_check_found(const struct determination *determination, struct issues *standing)
{
	const struct determination_facts *facts = determination->facts;
	if (determination->verdict == VERDICT_DENIED || determination->appeal != NULL) {
		return;
	}
	for (size_t i = 0; i < facts->found_count; i++) {
		const struct found *found = &facts->found[i];
		if (found->settled || strcmp(found->answer, "met") == 0 || excused(determination, found)) {
			continue;
		}
		issues_add(standing, "/outcome", found_open(found) ? "criterion_open" : "criterion_not_met",
			   found_open(found) ? "A licensed reviewer answers it first." : "Deny, or have it answered anew.",
			   "%s is %s: %s", found->item->id, found_open(found) ? "open" : "not met",
			   say_brief(found->say, found->item));
	}
}

/* Each criterion that is named bears the ground; at least one is. */
static void check_criteria(const struct determination *determination, bool (*bears)(const struct found *), const char *state,
			   struct issues *standing, struct issues *body)
{
	const struct determination_facts *facts = determination->facts;
	bool any = false;
	for (size_t i = 0; i < facts->found_count; i++) {
		any = any || bears(&facts->found[i]);
	}
	if (determination->criterion_count == 0 && any) {
		issues_add(body, "/criteria", "missing_member", "Name those on which it rests.",
			   "the criteria are named that are %s", state);
	} else if (determination->criterion_count == 0) {
		issues_add(standing, "/criteria", "wrong_basis", "Have the findings recorded first.", "no criterion is %s",
			   state);
	}
	for (size_t i = 0; i < determination->criterion_count; i++) {
		if (!bears(facts_found(facts, determination->criteria[i]))) {
			issues_add(body, arena_printf(facts->arena, "/criteria/%zu", i), "wrong_criterion", NULL,
				   "%s is not %s", determination->criteria[i], state);
		}
	}
}

/* Attempts count that name what is asked for, as those for what is missing do. */
static void check_attempts(const struct determination_facts *facts, struct issues *standing)
{
	struct attempts attempts;
	struct evaluation asked = *facts->evaluation;
	int owed = asked.outreach != NULL ? asked.attempts_owed : 0;
	if (asked.missing_count == 0) {
		asked.missing = asked.requested;
		asked.missing_count = asked.requested_count;
	}
	plan_attempts(facts->plan, &asked, &facts->clocks, facts->program->policy, &attempts);
	if ((int)attempts.made < owed) {
		issues_add(standing, "/basis", "outreach_owed",
			   "Log the attempts that were made, naming items of `missing` or `requested`.",
			   "%zu of %d attempts to obtain what was asked for count so far", attempts.made, owed);
	}
}

static const char wait_for_it[] = "Wait for what was asked for, or decide on a criterion.";

/* A clock in hours may end on the day on which it started: then the last quarter of its time counts, not the day. */
static void check_hours(const struct determination_facts *facts, const struct clock *clock, struct issues *standing)
{
	char text[INSTANT_TEXT_SIZE];
	struct instant soon = timers_soon(clock->started_at, clock->due.due_at);
	if (instant_compare(facts->now, soon) < 0) {
		issues_add(standing, "/basis", "too_early", wait_for_it,
			   "more than a quarter of the time is left: what was asked for may come until %s",
			   zone_format(facts->program->policy->zone, soon, text));
	}
}

/* A thin record is decided on when its time has come, not before. */
static void check_time(const struct determination_facts *facts, struct issues *standing)
{
	char day[CIVIL_TEXT_SIZE];
	const struct clock *first = clock_list_first(&facts->clocks);
	if (first == NULL) {
		return;
	}
	if (first->item->clock.unit == CLOCK_HOURS) {
		check_hours(facts, first, standing);
		return;
	}
	struct civil_date last = facts_day(facts, first->due.act_by);
	if (civil_compare(facts_day(facts, facts->now), last) < 0) {
		issues_add(standing, "/basis", "too_early", wait_for_it,
			   "the clock has not run out: what was asked for may come until %s", civil_format(last, day));
	}
}

static void check_open(const struct determination *determination, struct issues *standing, struct issues *body)
{
	const struct determination_facts *facts = determination->facts;
	if (facts->evaluation->requested_count + facts->evaluation->missing_count == 0) {
		issues_add(standing, "/basis", "nothing_outstanding", "Ask for it, or put a question, first.",
			   "nothing that was asked for is outstanding");
	} else {
		check_attempts(facts, standing);
	}
	check_time(facts, standing);
	check_criteria(determination, found_open, "open", standing, body);
}

/* Where the certificate of need was given up, no day ever follows it. */
static bool never_certified(const struct determination *determination)
{
	const char *certificate = facts_certificate(determination->facts);
	return certificate != NULL && strcmp(determination->basis, "before_con") == 0 &&
	       strcmp(certificate, "closed_without_certification") == 0;
}

static void check_days(const struct determination *determination, struct issues *standing)
{
	const struct determination_facts *facts = determination->facts;
	struct day_set days = {NULL, 0};
	if (never_certified(determination)) {
		return;
	}
	for (size_t i = 0; i < facts->barred_count; i++) {
		bool same = strcmp(facts->barred[i].item->unapprovable, determination->basis) == 0;
		days = same ? days_union(facts->arena, days, facts->barred[i].days) : days;
	}
	struct day_set left = days_minus(facts->arena, facts->asked, facts->closed);
	if (days_empty(days)) {
		issues_add(standing, "/basis", "wrong_basis", NULL, "no requested day is barred on this basis (%s)",
			   determination->basis);
	} else if (determination->verdict == VERDICT_DENIED && !days_empty(left)) {
		issues_add(standing, "/basis", "wrong_basis", grants_advice(facts, &determination->caps),
			   "only %s cannot be approved; %s can", days_brief(facts->arena, facts->closed),
			   days_brief(facts->arena, left));
	}
}

static void check_cap(const struct determination *determination, bool interqual, struct issues *standing)
{
	const struct determination_facts *facts = determination->facts;
	struct grants possible = grants_possible(facts, &determination->caps);
	if (determination->verdict == VERDICT_DENIED && possible.count == 0) {
		issues_add(standing, "/basis", "wrong_basis", "Have the criterion answered, and deny on that it is not met.",
			   "a limit denies nothing; where it leaves no day, a criterion is the ground");
	} else if (determination->verdict == VERDICT_DENIED) {
		issues_add(standing, "/basis", "wrong_basis", grants_advice(facts, &determination->caps),
			   "a limit refuses what is above it only: approve the rest in part");
	} else if (!(interqual && caps_wait(facts, &determination->caps)) &&
		   !caps_exceeded(facts, &determination->caps, interqual)) {
		issues_add(standing, "/basis", "wrong_basis", NULL, "no more is asked than the limit (%s) allows",
			   determination->basis);
	}
}

/* The units that a grant lacks on its days; where units are not days those of its line, at the line's first grant. */
static double lacking(const struct determination *determination, size_t place)
{
	const struct determination_facts *facts = determination->facts;
	const struct grants *grants = &determination->grants;
	const struct grant *grant = &grants->list[place];
	const struct asked_line *line = &facts->lines[grant->line];
	if (line->daily) {
		return units_more(facts, grants, &determination->caps, grant);
	}
	for (size_t i = 0; i < place; i++) {
		if (grants->list[i].line == grant->line) {
			return 0;
		}
	}
	struct day_set open = grants_open(facts, &determination->caps, grant->line);
	return units_part(line, open) - units_granted(grants, grant->line);
}

/* What is refused on an administrative basis is refused for nothing else: neither days nor units that could be approved. */
static void check_left(const struct determination *determination, struct issues *body)
{
	const struct determination_facts *facts = determination->facts;
	const struct grants *grants = &determination->grants;
	if (determination->verdict != VERDICT_IN_PART || grants->count == 0) {
		return;
	}
	for (size_t i = 0; i < facts->line_count; i++) {
		struct day_set left = grants_left(facts, grants, &determination->caps, i);
		if (!days_empty(left)) {
			issues_add(body, "/grants", "refused_without_ground", grants_advice(facts, &determination->caps),
				   "line %zu: %s could be approved: grant them, or refuse them on a criterion that is not met",
				   i, days_brief(facts->arena, left));
		}
	}
	for (size_t i = 0; i < grants->count; i++) {
		double more = lacking(determination, i);
		if (more > UNITS_SLACK) {
			issues_add(
				body, arena_printf(facts->arena, "%s/units", grants->list[i].pointer), "refused_without_ground",
				grants_advice(facts, &determination->caps),
				"%.15g units more could be approved: grant them, or refuse them on a criterion that is not met",
				more);
		}
	}
}

void determination_check_basis(const struct determination *determination, struct issues *standing, struct issues *body)
{
	const struct basis_row *row = row_of(determination->basis);
	if (determination->verdict == VERDICT_APPROVED) {
		if (row != NULL || determination->criterion_count > 0) {
			issues_add(body, row != NULL ? "/basis" : "/criteria", "not_needed",
				   "Leave it out, or approve in part.", "an approval refuses nothing, so it has no basis");
		}
		return;
	}
	if (row == NULL) {
		issues_add(body, "/basis", "missing_member", "Give one of the bases.", "what is refused needs its basis");
		return;
	}
	switch (row->ground) {
	case GROUND_REFUSED:
		check_criteria(determination, found_refused, "answered not met by a licensed reviewer", standing, body);
		return;
	case GROUND_OPEN: check_open(determination, standing, body); return;
	case GROUND_DAYS: check_days(determination, standing); break;
	case GROUND_CAP: check_cap(determination, false, standing); break;
	case GROUND_INTERQUAL: check_cap(determination, true, standing); break;
	}
	check_left(determination, body);
	if (determination->criterion_count > 0) {
		issues_add(body, "/criteria", "not_needed", "Leave them out, or give the basis that rests on them.",
			   "this basis rests on no criterion (%s)", determination->basis);
	}
}
