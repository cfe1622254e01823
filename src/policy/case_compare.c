/* SPDX-License-Identifier: Apache-2.0 */
/* What an evaluation says, in the short words of cases, against what was expected. What is not expected differs. */
#include "base/label.h"
#include "base/text.h"
#include "policy/case_care.h"

#include <string.h>

/* Lines that were found; each may be written in two ways. */
struct lines {
	const char **lines;
	const char **longer; /* with the section that is needed, or NULL */
	bool *used;
	size_t count;
};

static struct lines lines_make(struct arena *arena, size_t most)
{
	return (struct lines){arena_array(arena, most + 1, sizeof(char *)), arena_array(arena, most + 1, sizeof(char *)),
			      arena_array(arena, most + 1, sizeof(bool)), 0};
}

static const struct json *expected(const struct expectation_input *input, const char *member)
{
	const struct json *said = json_member(input->expect, member);
	return said ? said : json_member(input->unless_said, member);
}

static bool take(struct lines *found, const char *text)
{
	for (size_t i = 0; i < found->count; i++) {
		const bool same =
			strcmp(found->lines[i], text) == 0 || (found->longer[i] && strcmp(found->longer[i], text) == 0);
		if (!found->used[i] && same) {
			found->used[i] = true;
			return true;
		}
	}
	return false;
}

static void compare_lines(const struct expectation_input *input, const char *member, struct lines *found,
			  struct differences *differences)
{
	for (const struct json *one = json_first(expected(input, member)); one; one = json_next(one)) {
		if (!take(found, json_text(one))) {
			difference(differences, "%s%s: expected \"%s\"", input->step, member, json_text(one));
		}
	}
	for (size_t i = 0; i < found->count; i++) {
		if (!found->used[i]) {
			difference(differences, "%s%s: not expected \"%s\"", input->step, member,
				   found->longer[i] ? found->longer[i] : found->lines[i]);
		}
	}
}

static void compare_entries(const struct expectation_input *input, const char *member, const struct entry *entries,
			    size_t count, struct differences *differences)
{
	struct arena *arena = differences->arena;
	struct lines found = lines_make(arena, count);
	for (size_t i = 0; i < count; i++) {
		const struct entry *entry = &entries[i];
		const char *line =
			arena_printf(arena, "%s %s %s", entry->item->id, problem_name(entry->problem), entry->pointer);
		const bool section = entry->problem == PROBLEM_MISSING && entry->needed && !strchr(entry->needed, ' ');
		found.longer[found.count] = section ? arena_printf(arena, "%s %s", line, entry->needed) : NULL;
		found.lines[found.count++] = line;
	}
	compare_lines(input, member, &found, differences);
}

static const char *spans_text(struct arena *arena, struct day_set days)
{
	struct text text;
	char from[CIVIL_TEXT_SIZE];
	char to[CIVIL_TEXT_SIZE];
	text_init(&text, arena, 48);
	for (size_t i = 0; i < days.count; i++) {
		text_printf(&text, "%s%s..%s", i > 0 ? "," : " ", civil_format(days.spans[i].from, from),
			    civil_format(days.spans[i].to, to));
	}
	return text.length > 0 ? text.data : "";
}

static void compare_flags(const struct expectation_input *input, const struct evaluation *evaluation,
			  struct differences *differences)
{
	struct lines found = lines_make(differences->arena, evaluation->flag_count);
	for (size_t i = 0; i < evaluation->flag_count; i++) {
		const struct flag *flag = &evaluation->flags[i];
		found.lines[found.count++] =
			arena_printf(differences->arena, "%s%s", flag->code, spans_text(differences->arena, flag->days));
	}
	compare_lines(input, "flags", &found, differences);
}

/* The days that cannot be approved, by basis; only where the expectation speaks of them. */
static void compare_unapprovable(const struct expectation_input *input, const struct evaluation *evaluation,
				 struct differences *differences)
{
	struct lines found = lines_make(differences->arena, evaluation->flag_count);
	for (size_t i = 0; i < evaluation->flag_count; i++) {
		const struct flag *flag = &evaluation->flags[i];
		if (flag->item->unapprovable) {
			found.lines[found.count++] = arena_printf(differences->arena, "%s%s", flag->item->unapprovable,
								  spans_text(differences->arena, flag->days));
		}
	}
	if (expected(input, "unapprovable")) {
		compare_lines(input, "unapprovable", &found, differences);
	}
}

/* The rules that apply; only where the expectation speaks of them. */
static void compare_rules(const struct expectation_input *input, const struct evaluation *evaluation,
			  struct differences *differences)
{
	struct lines found = lines_make(differences->arena, evaluation->rule_count);
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		found.lines[found.count++] = evaluation->rules[i]->id;
	}
	if (expected(input, "rules")) {
		compare_lines(input, "rules", &found, differences);
	}
}

/* The labels that the policy sets; only where the expectation speaks of them. */
static void compare_sensitivity(const struct expectation_input *input, const struct evaluation *evaluation,
				struct differences *differences)
{
	struct lines found = lines_make(differences->arena, LABEL_COUNT);
	for (size_t i = 0; i < LABEL_COUNT; i++) {
		if ((evaluation->sensitivity & label_bit(i)) != 0) {
			found.lines[found.count++] = label_name(i);
		}
	}
	if (expected(input, "sensitivity")) {
		compare_lines(input, "sensitivity", &found, differences);
	}
}

static void compare_duties(const struct expectation_input *input, const struct evaluation *evaluation,
			   struct differences *differences)
{
	struct arena *arena = differences->arena;
	struct lines found = lines_make(arena, evaluation->duty_count);
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		found.lines[found.count++] = case_duty_line(arena, &evaluation->duties[i], input->policy->zone);
	}
	compare_lines(input, "obligations", &found, differences);
}

/* What is attested; only where the expectation speaks of it. */
static void compare_attestations(const struct expectation_input *input, const struct evaluation *evaluation,
				 struct differences *differences)
{
	struct lines found = lines_make(differences->arena, evaluation->attestation_count);
	for (size_t i = 0; i < evaluation->attestation_count; i++) {
		if (evaluation->attestations[i].state != ATTESTATION_MISSING) {
			found.lines[found.count++] = case_attestation_line(differences->arena, &evaluation->attestations[i]);
		}
	}
	if (expected(input, "attestations")) {
		compare_lines(input, "attestations", &found, differences);
	}
}

static void compare_limits(const struct expectation_input *input, const struct evaluation *evaluation,
			   struct differences *differences)
{
	struct lines found = lines_make(differences->arena, evaluation->limit_count);
	for (size_t i = 0; i < evaluation->limit_count; i++) {
		const struct limit_excess *excess = &evaluation->limits[i];
		char buffer[CIVIL_TEXT_SIZE];
		found.lines[found.count++] = arena_printf(differences->arena, "%s %s %.15g", excess->item->id,
							  civil_format(excess->allowed_to, buffer), excess->allowed_units);
	}
	compare_lines(input, "limits", &found, differences);
}

static void compare_returns(const struct expectation_input *input, const struct evaluation *evaluation,
			    struct differences *differences)
{
	struct lines found = lines_make(differences->arena, evaluation->return_count);
	for (size_t i = 0; i < evaluation->return_count; i++) {
		const struct return_reason *reason = &evaluation->returns[i];
		found.lines[found.count++] =
			arena_printf(differences->arena, "%s%s", reason->verified ? "verified " : "", reason->reason);
	}
	compare_lines(input, "returns", &found, differences);
}

static void compare_clocks(const struct expectation_input *input, const struct evaluation *evaluation,
			   struct differences *differences)
{
	const struct json *clocks = expected(input, "clocks");
	for (const struct json *one = json_first(clocks); one; one = json_next(one)) {
		const struct clock *found = NULL;
		for (size_t i = 0; i < evaluation->clock_count; i++) {
			found = strcmp(evaluation->clocks[i].item->id, json_name(one)) == 0 ? &evaluation->clocks[i] : found;
		}
		if (!found) {
			difference(differences, "%sclocks: expected %s", input->step, json_name(one));
			continue;
		}
		char buffer[INSTANT_TEXT_SIZE];
		const char *due = zone_format(input->policy->zone, found->due.due_at, buffer);
		if (!json_text(one) || strcmp(due, json_text(one)) != 0) {
			difference(differences, "%sclocks: %s is due %s, expected %s", input->step, json_name(one), due,
				   json_text(one) ? json_text(one) : "null");
		}
	}
	for (size_t i = 0; i < evaluation->clock_count; i++) {
		if (!json_member(clocks, evaluation->clocks[i].item->id)) {
			difference(differences, "%sclocks: not expected %s", input->step, evaluation->clocks[i].item->id);
		}
	}
}

/* The expectation of the case over that of its file; "met" takes one away. */
static const char *finding_expected(const struct expectation_input *input, const char *item)
{
	const struct json *said = json_member(json_member(input->expect, "findings"), item);
	if (!said) {
		said = json_member(json_member(input->unless_said, "findings"), item);
	}
	const char *answer = json_text(said);
	return answer && strcmp(answer, "met") != 0 ? answer : NULL;
}

static const struct finding *find_finding(const struct evaluation *evaluation, const char *item)
{
	for (size_t i = 0; i < evaluation->finding_count; i++) {
		if (strcmp(evaluation->findings[i].item->id, item) == 0) {
			return &evaluation->findings[i];
		}
	}
	return NULL;
}

static void compare_expected_findings(const struct expectation_input *input, const struct json *findings,
				      const struct evaluation *evaluation, struct differences *differences)
{
	for (const struct json *one = json_first(findings); one; one = json_next(one)) {
		const char *answer = finding_expected(input, json_name(one));
		const struct finding *found = find_finding(evaluation, json_name(one));
		if (answer && (!found || found->answer == ANSWER_MET)) {
			difference(differences, "%sfindings: expected %s %s, it is %s", input->step, json_name(one), answer,
				   found ? "met" : "not applicable");
		}
	}
}

static void compare_findings(const struct expectation_input *input, const struct evaluation *evaluation,
			     struct differences *differences)
{
	const struct json *own = json_member(input->expect, "findings");
	const struct json *usual = json_member(input->unless_said, "findings");
	compare_expected_findings(input, own, evaluation, differences);
	for (const struct json *one = json_first(usual); one; one = json_next(one)) {
		if (!json_member(own, json_name(one)) && !find_finding(evaluation, json_name(one))) {
			difference(differences, "%sfindings: expected %s, it is not applicable", input->step, json_name(one));
		}
	}
	for (size_t i = 0; i < evaluation->finding_count; i++) {
		const struct finding *finding = &evaluation->findings[i];
		const char *answer = finding_expected(input, finding->item->id);
		const char *found = answer_name(finding->answer);
		if (finding->answer == ANSWER_MET && answer && !json_member(own, finding->item->id)) {
			difference(differences, "%sfindings: expected %s %s, it is met", input->step, finding->item->id,
				   answer);
		} else if (finding->answer != ANSWER_MET && !answer) {
			difference(differences, "%sfindings: not expected %s %s", input->step, finding->item->id, found);
		} else if (finding->answer != ANSWER_MET && strcmp(answer, found) != 0) {
			difference(differences, "%sfindings: %s is %s, expected %s", input->step, finding->item->id, found,
				   answer);
		}
	}
}

static void compare_word(const struct expectation_input *input, const char *member, const char *found,
			 struct differences *differences)
{
	const char *said = json_text(expected(input, member));
	if (said && strcmp(said, found) != 0) {
		difference(differences, "%s%s is %s, expected %s", input->step, member, found, said);
	}
}

void case_compare(const struct expectation_input *input, const struct evaluation *evaluation, struct differences *differences)
{
	if (!expected(input, "status")) {
		difference(differences, "%sthe expectation names no status", input->step);
	}
	compare_word(input, "status", status_name(evaluation->status), differences);
	compare_word(input, "waiting_on", waiting_on_name(evaluation->waiting_on), differences);
	compare_entries(input, "missing", evaluation->missing, evaluation->missing_count, differences);
	compare_entries(input, "requested", evaluation->requested, evaluation->requested_count, differences);
	compare_flags(input, evaluation, differences);
	compare_unapprovable(input, evaluation, differences);
	compare_rules(input, evaluation, differences);
	compare_sensitivity(input, evaluation, differences);
	compare_limits(input, evaluation, differences);
	compare_returns(input, evaluation, differences);
	compare_clocks(input, evaluation, differences);
	compare_duties(input, evaluation, differences);
	compare_attestations(input, evaluation, differences);
	compare_findings(input, evaluation, differences);
	int64_t attempts;
	if (json_integer(expected(input, "attempts"), &attempts) && attempts != evaluation->attempts_owed) {
		difference(differences, "%s%d attempts are owed, expected %lld", input->step, evaluation->attempts_owed,
			   (long long)attempts);
	}
}
