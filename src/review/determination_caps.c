/* SPDX-License-Identifier: Apache-2.0 */
/* What one authorization may hold, and what may not be granted: the checks of grants. */
#include "review/determination_grants.h"

static bool by_interqual(const struct item *item)
{
	return item->limit_days == 0 && item->limit_source != NULL;
}

/* What was asked beyond the last day of a limit; NULL when nothing was. */
static const struct limit_excess *excess_of(const struct evaluation *evaluation, const struct item *item)
{
	for (size_t i = 0; i < evaluation->limit_count; i++) {
		if (evaluation->limits[i].item == item) {
			return &evaluation->limits[i];
		}
	}
	return NULL;
}

/* A limit that ends on a day says nothing where nothing is asked beyond it. */
static bool silent(const struct evaluation *evaluation, const struct item *item)
{
	return item->until != NULL && excess_of(evaluation, item) == NULL;
}

struct caps caps_of(const struct determination_facts *facts, int64_t interqual_days)
{
	const struct evaluation *evaluation = facts->evaluation;
	struct caps caps = {arena_array(facts->arena, evaluation->rule_count + 1, sizeof(*caps.list)), 0};
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		const struct item *item = evaluation->rules[i];
		if (item->kind != KIND_LIMIT || silent(evaluation, item) ||
		    (by_interqual(item) && interqual_days == INTERQUAL_UNKNOWN)) {
			continue;
		}
		const struct limit_excess *until = item->until != NULL ? excess_of(evaluation, item) : NULL;
		int64_t days = until != NULL ? until->allowed_days : item->limit_days;
		caps.list[caps.count++] = (struct cap){item, by_interqual(item) ? interqual_days : days, until};
	}
	return caps;
}

bool caps_wait(const struct determination_facts *facts, const struct caps *caps)
{
	size_t limits = 0;
	for (size_t i = 0; i < facts->evaluation->rule_count; i++) {
		const struct item *item = facts->evaluation->rules[i];
		limits += item->kind == KIND_LIMIT && !silent(facts->evaluation, item);
	}
	return caps->count < limits;
}

static int64_t length(struct day_set days)
{
	return days_empty(days) ? 0 : civil_days_between(days_first(days), days_last(days)) + 1;
}

static const struct caps no_caps = {NULL, 0};

/* Whether there is more than a unit a day, of the code of a grant, in what is granted up to it. */
static bool crowded(const struct determination_facts *facts, const struct grants *grants, size_t place)
{
	struct grants until = *grants;
	const struct grant *grant = &grants->list[place];
	const struct asked_line *line = &facts->lines[grant->line];
	until.count = place + 1;
	return line->daily && units_room(facts, &until, &no_caps, line, &grant->days) < -UNITS_SLACK;
}

/* What is asked in units of a day of one code, but for those of days that are barred. */
static double asked_units(const struct determination_facts *facts, const struct asked_line *line)
{
	double units = 0;
	for (size_t i = 0; i < facts->line_count; i++) {
		const struct asked_line *other = &facts->lines[i];
		if (other->daily && other->units > 0 && facts_same_code(line, other)) {
			double less = (double)days_count(days_both(facts->arena, other->days, facts->closed));
			units += other->units > less ? other->units - less : 0;
		}
	}
	return units;
}

bool caps_exceeded(const struct determination_facts *facts, const struct caps *caps, bool interqual)
{
	struct day_set open = days_minus(facts->arena, facts->asked, facts->closed);
	struct grants all = grants_read(facts, NULL, NULL);
	for (size_t i = 0; i < all.count; i++) {
		if (!interqual && crowded(facts, &all, i)) {
			return true;
		}
	}
	for (size_t i = 0; i < caps->count; i++) {
		const struct cap *cap = &caps->list[i];
		bool over = length(open) > cap->days;
		for (size_t k = 0; k < facts->line_count; k++) {
			over = over || asked_units(facts, &facts->lines[k]) > (double)cap->days;
		}
		if (over && by_interqual(cap->item) == interqual) {
			return true;
		}
	}
	return false;
}

/* What the checks of one list of grants share. */
struct checking {
	const struct determination_facts *facts;
	const struct grants *grants;
	const struct caps *caps;
	const char *advice;
	struct issues *issues;
};

static const char *at(const struct checking *checking, const struct grant *grant, const char *member)
{
	return checking->grants->whole ? "/outcome" : arena_printf(checking->facts->arena, "%s%s", grant->pointer, member);
}

static struct day_set days_of_grant(const struct checking *checking, const struct grant *grant)
{
	return days_of(checking->facts->arena, &grant->days, 1);
}

static void check_asked(const struct checking *checking, const struct grant *grant)
{
	struct arena *arena = checking->facts->arena;
	const struct asked_line *line = &checking->facts->lines[grant->line];
	struct day_set beyond = days_minus(arena, days_of_grant(checking, grant), line->days);
	if (!days_empty(beyond)) {
		issues_add(checking->issues, at(checking, grant, ""), "not_asked",
			   arena_printf(arena, "Line %zu asks for %s.", grant->line, days_brief(arena, line->days)),
			   "the line does not ask for %s", days_brief(arena, beyond));
	}
}

static void check_barred(const struct checking *checking, const struct grant *grant)
{
	const struct determination_facts *facts = checking->facts;
	for (size_t i = 0; i < facts->barred_count; i++) {
		const struct barred *barred = &facts->barred[i];
		struct day_set days = days_both(facts->arena, days_of_grant(checking, grant), barred->days);
		if (!days_empty(days)) {
			issues_add(checking->issues, at(checking, grant, ""), "not_approvable", checking->advice,
				   "%s cannot be approved (%s, %s): %s", days_brief(facts->arena, days),
				   barred->item->unapprovable, barred->item->id, say_brief(barred->say, barred->item));
		}
	}
}

/* True when no day of it is granted already. */
static bool check_once(const struct checking *checking, size_t place)
{
	bool once = true;
	const struct grants *grants = checking->grants;
	struct arena *arena = checking->facts->arena;
	const struct grant *grant = &grants->list[place];
	for (size_t i = 0; i < place; i++) {
		struct day_set both =
			days_both(arena, days_of_grant(checking, grant), days_of_grant(checking, &grants->list[i]));
		if (grants->list[i].line == grant->line && !days_empty(both)) {
			issues_add(checking->issues, at(checking, grant, ""), "granted_twice", "Grant each day of a line once.",
				   "%s of line %zu is granted already", days_brief(arena, both), grant->line);
			once = false;
		}
	}
	return once;
}

static void check_crowd(const struct checking *checking, size_t place)
{
	const struct grant *grant = &checking->grants->list[place];
	int64_t days = civil_days_between(grant->days.from, grant->days.to) + 1;
	if (!crowded(checking->facts, checking->grants, place)) {
		return;
	}
	const char *fix = checking->grants->whole ? checking->advice : "A unit is a day here.";
	if (grant->units > (double)days) {
		issues_add(checking->issues, at(checking, grant, "/units"), "too_many_units", fix,
			   "%.15g units of a day are more than %lld days", grant->units, (long long)days);
	} else {
		issues_add(checking->issues, at(checking, grant, "/units"), "too_many_units", fix,
			   "with the other lines of its code, line %zu has more than a unit a day", grant->line);
	}
}

static void check_units(const struct checking *checking, size_t place)
{
	const struct grants *grants = checking->grants;
	const struct grant *grant = &grants->list[place];
	const struct asked_line *line = &checking->facts->lines[grant->line];
	struct grants until = *grants;
	until.count = place + 1;
	double units = units_granted(&until, grant->line);
	if (grant->units <= 0 && (units_asked(line) >= 0 || grant->said)) {
		issues_add(checking->issues, at(checking, grant, "/units"), "no_units",
			   "Leave out of the grants what is not approved.", "what is granted has units above 0");
	}
	if (line->units >= 0 && units > line->units) {
		issues_add(checking->issues, at(checking, grant, "/units"), "not_asked",
			   arena_printf(checking->facts->arena, "Line %zu asks for %.15g units.", grant->line, line->units),
			   "%.15g units are more than the line asks for", units);
	}
}

static const char *where(const struct checking *checking, const struct cap *cap)
{
	if (cap->days == 0 && cap->until == NULL) {
		return "/interqual/days";
	}
	return checking->grants->whole ? "/outcome" : "/grants";
}

static void check_cap_days(const struct checking *checking, const struct cap *cap)
{
	struct arena *arena = checking->facts->arena;
	struct day_set granted = grants_days(arena, checking->grants);
	if (cap->until != NULL && !days_empty(granted) && civil_compare(days_last(granted), cap->until->allowed_to) > 0) {
		issues_add(checking->issues, where(checking, cap), "above_limit", checking->advice,
			   "what is granted, %s, goes beyond the last day (%s): %s", days_brief(arena, granted), cap->item->id,
			   cap->item->text);
		return;
	}
	if (length(granted) > cap->days) {
		issues_add(checking->issues, where(checking, cap), "above_limit", checking->advice,
			   "%lld days, %s, are more than the %lld of one authorization (%s): %s", (long long)length(granted),
			   days_brief(arena, granted), (long long)cap->days, cap->item->id, cap->item->text);
	}
}

/* Of each code once: at its first line. */
static void check_cap_units(const struct checking *checking, const struct cap *cap)
{
	const struct determination_facts *facts = checking->facts;
	for (size_t i = 0; i < facts->line_count; i++) {
		double units = 0;
		bool first = true;
		for (size_t k = 0; k < i; k++) {
			first = first && !facts_same_code(&facts->lines[k], &facts->lines[i]);
		}
		for (size_t k = 0; first && k < checking->grants->count; k++) {
			const struct grant *grant = &checking->grants->list[k];
			const struct asked_line *line = &facts->lines[grant->line];
			units += line->daily && facts_same_code(line, &facts->lines[i]) ? grant->units : 0;
		}
		if (units > (double)cap->days) {
			issues_add(checking->issues, where(checking, cap), "above_limit", checking->advice,
				   "%.15g units of a day are more than the %lld of one authorization (%s): %s", units,
				   (long long)cap->days, cap->item->id, cap->item->text);
		}
	}
}

void grants_check(const struct determination_facts *facts, const struct grants *grants, const struct caps *caps,
		  struct issues *issues)
{
	const struct checking checking = {facts, grants, caps, grants_advice(facts, caps), issues};
	for (size_t i = 0; i < grants->count; i++) {
		check_asked(&checking, &grants->list[i]);
		check_barred(&checking, &grants->list[i]);
		if (check_once(&checking, i)) {
			check_crowd(&checking, i);
		}
		check_units(&checking, i);
	}
	for (size_t i = 0; i < caps->count; i++) {
		check_cap_days(&checking, &caps->list[i]);
		check_cap_units(&checking, &caps->list[i]);
	}
	if (grants->count == 0) {
		issues_add(issues, grants->whole ? "/outcome" : "/grants", "nothing_granted", NULL,
			   "an approval grants at least a day of a line");
	}
}
