/* SPDX-License-Identifier: Apache-2.0 */
#include "review/determination.h"

#include "base/text.h"

#include <string.h>

static const char *const verdict_names[] = {"approved", "approved_in_part", "denied"};
_Static_assert(sizeof(verdict_names) / sizeof(verdict_names[0]) == VERDICT_COUNT, "every verdict has a name");

const char determination_return_proposed[] = "a return is proposed; intake confirms it or sets it aside first";

const char *verdict_name(enum verdict verdict)
{
	return verdict_names[verdict];
}

const char *determination_text(const struct determination *determination, const char *name)
{
	const char *text = json_text(json_member(determination->input, name));
	return text_blank(text) ? NULL : text;
}

/* The days that an InterQual review shows to be right. */
static int64_t interqual_days(const struct json *input)
{
	int64_t days = INTERQUAL_UNKNOWN;
	(void)json_integer(json_at(input, "/interqual/days"), &days);
	return days;
}

static void read_criteria(struct determination *determination, struct issues *body)
{
	size_t place = 0;
	const struct json *list = json_member(determination->input, "criteria");
	struct arena *arena = determination->facts->arena;
	determination->criteria = arena_array(arena, json_count(list) + 1, sizeof(*determination->criteria));
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node), place++) {
		const char *id = json_text(node);
		if (facts_found(determination->facts, id) == NULL) {
			issues_add(body, arena_printf(arena, "/criteria/%zu", place), "no_such_criterion",
				   "Name items of `findings`.", "nothing was found about this item");
		} else {
			determination->criteria[determination->criterion_count++] = id;
		}
	}
}

static void read_grants(struct determination *determination, struct issues *body)
{
	const struct json *list = json_member(determination->input, "grants");
	if (determination_awaits_placement(determination)) {
		determination->grants = (struct grants){NULL, 0, true};
		if (json_count(list) > 0) {
			issues_add(body, "/grants", "not_needed", "Leave it out; the placement says it.",
				   "the days and units are granted when the placement is recorded");
		}
	} else if (determination->verdict != VERDICT_DENIED) {
		determination->grants = grants_read(determination->facts, list, body);
	} else if (json_count(list) > 0) {
		issues_add(body, "/grants", "not_needed", "Leave it out, or approve in part.", "a denial grants nothing");
	}
}

void determination_read(struct determination *determination, struct issues *body)
{
	determination->caps = caps_of(determination->facts, interqual_days(determination->input));
	read_grants(determination, body);
	read_criteria(determination, body);
}

void determination_choose_criteria(struct determination *determination)
{
	const struct determination_facts *facts = determination->facts;
	bool open = determination->basis != NULL && strcmp(determination->basis, "insufficient_information") == 0;
	bool refused = determination->basis != NULL && strcmp(determination->basis, "criterion_not_met") == 0;
	determination->criteria = arena_array(facts->arena, facts->found_count + 1, sizeof(*determination->criteria));
	for (size_t i = 0; i < facts->found_count; i++) {
		const struct found *found = &facts->found[i];
		if ((open && found_open(found)) || (refused && found_refused(found))) {
			determination->criteria[determination->criterion_count++] = found->item->id;
		}
	}
}

static bool limited(const struct determination_facts *facts)
{
	for (size_t i = 0; i < facts->evaluation->rule_count; i++) {
		if (facts->evaluation->rules[i]->kind == KIND_LIMIT) {
			return true;
		}
	}
	return false;
}

/*
 * One authorization holds so many days; what a unit that is not a day stands for, no rule says. Where there are more of them than days the
 * program does not choose: whoever decides says the number.
 */
static void check_said(const struct determination *determination, struct issues *body)
{
	const struct grants *grants = &determination->grants;
	for (size_t i = 0; i < grants->count && limited(determination->facts); i++) {
		const struct grant *grant = &grants->list[i];
		const struct asked_line *line = &determination->facts->lines[grant->line];
		int64_t days = civil_days_between(grant->days.from, grant->days.to) + 1;
		if (!line->daily && !grant->said && grant->units > (double)days) {
			issues_add(
				body,
				grants->whole ? "/grants"
					      : arena_printf(determination->facts->arena, "%s/units", grant->pointer),
				"units_not_said", "Give the grants, each with its units.",
				"line %zu counts no days: that %.15g units are approved for %lld days is said in so many words",
				grant->line, grant->units, (long long)days);
		}
	}
}

/* Of an approval as asked everything is granted; of one in part less. */
static void check_grants(const struct determination *determination, struct issues *body)
{
	const struct determination_facts *facts = determination->facts;
	if (determination->verdict == VERDICT_DENIED) {
		return;
	}
	if (determination_awaits_placement(determination)) {
		if (determination->verdict == VERDICT_IN_PART) {
			issues_add(body, "/outcome", "awaits_placement", "Approve it, or deny it.",
				   "what waits for its placement has no days yet of which a part could be refused");
		}
		return;
	}
	grants_check(facts, &determination->grants, &determination->caps, body);
	bool less = grants_less(facts, &determination->grants);
	if (determination->verdict == VERDICT_IN_PART && (determination->grants.whole || !less)) {
		issues_add(body, "/grants", "nothing_refused", grants_advice(facts, &determination->caps),
			   "an approval in part says what it grants, and that is less than was asked");
	} else if (determination->verdict == VERDICT_APPROVED && less) {
		issues_add(body, determination->grants.whole ? "/outcome" : "/grants", "less_than_asked",
			   "Approve in part, or leave the grants out to approve everything.",
			   "an approval grants everything that was asked");
	}
}

/* Of a line: days and units that were granted are not taken away. True when something comes to them. */
static bool check_kept_line(const struct determination *determination, const struct grants *had, size_t line,
			    struct issues *body)
{
	const struct grants *grants = &determination->grants;
	struct arena *arena = determination->facts->arena;
	const char *pointer = grants->whole ? "/outcome" : "/grants";
	const char *fix = "Grant it again with what comes to it, or uphold the decision.";
	struct day_set before = grants_line_days(arena, had, line);
	struct day_set now = grants_line_days(arena, grants, line);
	struct day_set lost = days_minus(arena, before, now);
	double more = units_granted(grants, line) - units_granted(had, line);
	if (!days_empty(lost)) {
		issues_add(body, pointer, "less_than_before", fix,
			   "%s of line %zu is granted already, and an appeal takes nothing away", days_brief(arena, lost),
			   line);
	} else if (more < -UNITS_SLACK) {
		issues_add(body, pointer, "less_than_before", fix,
			   "of line %zu %.15g units are granted already, and an appeal takes nothing away", line,
			   units_granted(had, line));
	}
	return more > UNITS_SLACK || !days_empty(days_minus(arena, now, before));
}

/* An approval in part that is overturned is added to: what it granted stays granted. */
static void check_kept(const struct determination *determination, struct issues *body)
{
	const struct determination_facts *facts = determination->facts;
	const char *outcome = json_text(json_member(determination->before, "outcome"));
	const size_t before = body->count;
	struct issues known;
	bool more = false;
	if (determination->appeal == NULL || outcome == NULL || strcmp(outcome, verdict_name(VERDICT_IN_PART)) != 0) {
		return;
	}
	issues_init(&known, facts->arena);
	const struct grants had = grants_read(facts, json_at(facts->plan, "/authorization/lines"), &known);
	for (size_t i = 0; i < facts->line_count; i++) {
		more = check_kept_line(determination, &had, i, body) || more;
	}
	if (!more && body->count == before) {
		issues_add(body, determination->grants.whole ? "/outcome" : "/grants", "less_than_before",
			   "Grant more, or uphold the decision.", "nothing comes to what is granted already");
	}
}

static void check_rationale(const struct determination *determination, struct issues *body)
{
	if (determination_text(determination, "rationale") == NULL) {
		issues_add(body, "/rationale", "missing_part", "Say why, specific to this member and in plain words.",
			   "a determination needs its reasons");
	}
}

/* Of what is incomplete nothing is granted; where the policy never returns it a denial for want of papers ends it. */
static void check_complete(const struct determination *determination, struct issues *standing)
{
	bool thin = determination->basis != NULL && strcmp(determination->basis, "insufficient_information") == 0;
	if (determination->facts->evaluation->missing_count > 0 && determination->appeal == NULL &&
	    !(thin && determination->verdict == VERDICT_DENIED)) {
		issues_add(standing, "/basis", "incomplete", "Obtain what is missing, and log the attempts.",
			   "the request is incomplete: until what is missing comes it can only be denied, on the basis "
			   "insufficient_information, once the attempts owed are logged and its time has come");
	}
}

void determination_check(const struct determination *determination, struct issues *standing, struct issues *body)
{
	check_complete(determination, standing);
	check_rationale(determination, body);
	determination_check_found(determination, standing);
	check_said(determination, body);
	check_grants(determination, determination->grants.whole ? standing : body);
	check_kept(determination, body);
	determination_check_basis(determination, standing, body);
	determination_check_needs(determination, standing, body);
	determination_check_late(determination, body);
}
