/* SPDX-License-Identifier: Apache-2.0 */
/* occurrences: how many of what happened under care there are, or what each has, altogether or during other occurrences. */
#include "policy/check.h"

#include "policy/occurrence_words.h"
#include "policy/pause.h"
#include "policy/reach.h"

enum { COUNT_MAX = 1000, DAYS_MAX = 1000 };

enum manner { AT_LEAST, AT_MOST, EACH_HAS };

/* Days from what begins to what ends, that day left out. */
struct during {
	bool has_from;
	bool has_to;
	struct selector from;
	struct selector to;
	const struct pause *paused; /* nothing begins while it lasts; or NULL */
	int after; /* days that the beginning is put off */
	bool through; /* the day of the end counts too */
	bool each; /* of each of these times that is over so many are asked for */
};

struct occurrences_check {
	struct check check;
	struct selector of;
	bool has_during;
	struct during during;
	enum manner manner;
	int count;
	const struct condition *conditions;
	size_t condition_count;
};

/* What the times are made of, taken once for an evaluation of the check. */
struct times {
	const struct during *during;
	const struct happening *from;
	const struct happening **ends; /* what ends each of them, or NULL */
	size_t from_count;
	const struct happening *to;
	size_t to_count;
	const uint32_t *candidates; /* that may lie in them */
	size_t candidate_count;
};

static struct times take_times(const struct during *during, const struct evaluator *evaluator)
{
	struct times times = {.during = during};
	if (during->has_from) {
		struct happening *from = selector_take(&during->from, evaluator, false, &times.from_count);
		times.from_count = pause_leave(during->paused, evaluator, from, times.from_count);
		times.from = from;
	}
	if (during->has_to && (!during->has_from || times.from_count > 0)) {
		times.to = selector_take(&during->to, evaluator, false, &times.to_count);
	}
	return times;
}

/* What ends a time, or NULL. */
static const struct happening *end_of(const struct times *times, const struct happening *begin)
{
	for (size_t i = 0; i < times->to_count; i++) {
		const struct happening *end = &times->to[i];
		if (happening_later(end, begin) && selector_same(&times->during->to, begin->occurrence, end->occurrence)) {
			return end;
		}
	}
	return NULL;
}

static bool before_end(const struct times *times, const struct happening *end, struct civil_date day)
{
	const int past = end ? civil_compare(day, end->on) : -1;
	return past < 0 || (past == 0 && times->during->through);
}

/* The end that holds where no beginning is named: the one that was recorded first or last. */
static const struct happening *only_end(const struct times *times)
{
	const struct happening *found = times->to_count > 0 ? &times->to[0] : NULL;
	for (size_t i = 1; i < times->to_count; i++) {
		const struct occurrence *one = times->to[i].occurrence;
		const int order = civil_compare(one->on, found->occurrence->on);
		const bool later = order > 0 || (order == 0 && one->place > found->occurrence->place);
		found = later == times->during->to.latest ? &times->to[i] : found;
	}
	return found;
}

static bool inside(const struct times *times, struct civil_date day)
{
	if (!times->during->has_from) {
		const struct happening *end = only_end(times);
		return end && before_end(times, end, day);
	}
	for (size_t i = 0; i < times->from_count; i++) {
		const struct happening *begin = &times->from[i];
		const struct happening *end = times->ends[i];
		if (civil_compare(day, civil_add_days(begin->on, times->during->after)) >= 0 && before_end(times, end, day)) {
			return true;
		}
	}
	return false;
}

/* Whether one is meant and lies in the times. */
static enum answer judge_one(const struct occurrences_check *wants, const struct evaluator *evaluator,
			     const struct times *times, const struct occurrence *occurrence, const struct condition **ret_open)
{
	struct happening when;
	const enum answer answer = selector_judge(&wants->of, evaluator, occurrence, ret_open);
	if (answer == ANSWER_NOT_MET || !wants->has_during) {
		return answer;
	}
	if (!selector_when(&wants->of, evaluator, occurrence, &when)) {
		return ANSWER_UNKNOWN;
	}
	return inside(times, when.on) ? answer : ANSWER_NOT_MET;
}

static void word_excess(const struct unworded *unworded, const struct evaluator *evaluator, struct entry *entry)
{
	struct arena *arena = evaluator->arena;
	const char *name = occurrence_name(evaluator, unworded->occurrence);
	entry->pointer = occurrence_place(arena, unworded->occurrence, NULL);
	entry->unwanted = unworded->unwanted ? name : NULL;
	entry->say = unworded->most == 0
			     ? sentence(arena, "%s is recorded, and there may be none.", name)
			     : sentence(arena, "%s is one more than the %d that there may be.", name, unworded->most);
}

/* Why there may be none at that time is the item's to say. */
static void word_excess_during(const struct unworded *unworded, const struct evaluator *evaluator, struct entry *entry)
{
	struct arena *arena = evaluator->arena;
	char day[CIVIL_TEXT_SIZE];
	entry->pointer = occurrence_place(arena, unworded->occurrence, NULL);
	if (unworded->most == 0) {
		entry->found = arena_copy(arena, civil_format(unworded->occurrence->on, day));
		entry->unwanted = occurrence_name(evaluator, unworded->occurrence);
		return;
	}
	entry->say = sentence(arena, "%s is one more than the %d that there may be in that time.",
			      occurrence_name(evaluator, unworded->occurrence), unworded->most);
}

static enum answer judge_members(const struct occurrences_check *wants, const struct evaluator *evaluator, struct trace *trace,
				 const struct occurrence *occurrence)
{
	enum answer answer = ANSWER_MET;
	for (size_t i = 0; i < wants->condition_count; i++) {
		const struct condition *condition = &wants->conditions[i];
		const enum answer one = condition_judge(condition, evaluator, occurrence->record);
		if (one == ANSWER_NOT_MET || one == ANSWER_UNKNOWN) {
			occurrence_add_open(trace, occurrence, condition,
					    one == ANSWER_UNKNOWN                  ? PROBLEM_UNANSWERED
					    : condition->kind == CONDITION_PRESENT ? PROBLEM_MISSING
										   : PROBLEM_INVALID);
		}
		const enum answer both[] = {answer, one};
		answer = answer_all(both, 2);
	}
	return answer;
}

/* What was counted. */
struct tally {
	int good;
	int open;
	enum answer members; /* of EACH_HAS */
};

static void add_one(const struct occurrences_check *wants, const struct evaluator *evaluator, struct trace *trace,
		    const struct occurrence *occurrence, struct tally *tally)
{
	tally->good++;
	if (wants->manner == EACH_HAS) {
		const enum answer both[] = {tally->members, judge_members(wants, evaluator, trace, occurrence)};
		tally->members = answer_all(both, 2);
	} else if (wants->manner == AT_MOST && tally->good > wants->count) {
		occurrence_add(trace, (struct unworded){.word = wants->has_during ? word_excess_during : word_excess,
							.occurrence = occurrence,
							.problem = PROBLEM_INVALID,
							.most = wants->count,
							.unwanted = wants->count == 0});
	}
}

/* Of a time the item itself says what it means that there is none: what is recorded may only lie outside of it. */
static const char *say_few(const struct occurrences_check *wants, const struct tally *tally, struct arena *arena)
{
	const char *counts = wants->of.condition_count > 0 ? " that counts here" : "";
	const char *owed = wants->count > 1 ? arena_printf(arena, "; at least %d are needed", wants->count) : "";
	if (wants->has_during) {
		return NULL;
	}
	if (tally->good == 0) {
		return sentence(arena, "there is no record of %s%s%s.", wants->of.phrase, counts, owed);
	}
	return sentence(arena, "there %s of %s%s%s.",
			tally->good == 1 ? "is 1 record" : arena_printf(arena, "are %d records", tally->good), wants->of.phrase,
			counts, owed);
}

static enum answer conclude(const struct occurrences_check *wants, const struct tally *tally, struct trace *trace, bool listed)
{
	if (wants->manner == EACH_HAS) {
		const enum answer both[] = {tally->members, tally->open > 0 ? ANSWER_UNKNOWN : ANSWER_MET};
		return tally->good + tally->open == 0 ? ANSWER_NOT_APPLICABLE : answer_all(both, 2);
	}
	if (wants->manner == AT_MOST) {
		return tally->good > wants->count                 ? ANSWER_NOT_MET
		       : tally->good + tally->open > wants->count ? ANSWER_UNKNOWN
								  : ANSWER_MET;
	}
	if (tally->good >= wants->count) {
		return ANSWER_MET;
	}
	const bool open = !listed || tally->good + tally->open >= wants->count;
	trace_add(trace, open ? PROBLEM_UNANSWERED : PROBLEM_MISSING, arena_printf(trace->arena, "%s/-", occurrence_list),
		  (struct entry){.found = arena_printf(trace->arena, "%d", tally->good),
				 .needed = arena_printf(trace->arena, "%d", wants->count),
				 .say = say_few(wants, tally, trace->arena)});
	return open ? ANSWER_UNKNOWN : ANSWER_NOT_MET;
}

static enum answer evaluate_times(const struct occurrences_check *wants, struct evaluator *evaluator, struct trace *trace,
				  struct times times)
{
	const bool listed = value_given(body_value(evaluator, evaluator->vocabulary->occurrences->list));
	const size_t mark = trace->count;
	struct tally tally = {0, 0, ANSWER_MET};
	for (size_t i = 0; i < times.candidate_count; i++) {
		const struct occurrence *occurrence = &evaluator->occurrences[times.candidates[i]];
		const struct condition *open;
		const enum answer one = judge_one(wants, evaluator, &times, occurrence, &open);
		if (one == ANSWER_MET) {
			add_one(wants, evaluator, trace, occurrence, &tally);
		} else if (one == ANSWER_UNKNOWN) {
			tally.open++;
			occurrence_add_open(trace, occurrence, open, PROBLEM_UNANSWERED);
		}
	}
	const enum answer answer = conclude(wants, &tally, trace, listed);
	if (answer == ANSWER_MET) {
		trace_cut(trace, mark);
	}
	return answer;
}

/* The times of a check; none are taken where nothing is there that could lie in them. */
static struct times times_of(const struct occurrences_check *wants, const struct evaluator *evaluator)
{
	size_t count;
	const uint32_t *candidates = selector_candidates(&wants->of, evaluator, &count);
	const bool timed = wants->has_during && (count > 0 || wants->during.each);
	struct times times = timed ? take_times(&wants->during, evaluator) : (struct times){0};
	times.candidates = candidates;
	times.candidate_count = count;
	times.ends = arena_array(evaluator->arena, times.from_count, sizeof(const struct happening *));
	for (size_t i = 0; i < times.from_count; i++) {
		times.ends[i] = end_of(&times, &times.from[i]);
	}
	return times;
}

static enum answer evaluate_occurrences(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct occurrences_check *wants = (const struct occurrences_check *)check;
	const struct times times = times_of(wants, evaluator);
	enum answer answer = wants->manner == EACH_HAS ? ANSWER_NOT_APPLICABLE : ANSWER_MET;
	if (!wants->during.each || !value_given(body_value(evaluator, evaluator->vocabulary->occurrences->list))) {
		return evaluate_times(wants, evaluator, trace, times);
	}
	for (size_t i = 0; i < times.from_count; i++) {
		struct times one = times;
		one.from = &times.from[i];
		one.ends = &times.ends[i];
		one.from_count = 1;
		if (times.ends[i]) {
			const enum answer both[] = {answer, evaluate_times(wants, evaluator, trace, one)};
			answer = both[1] == ANSWER_NOT_APPLICABLE ? answer : answer_all(both, 2);
		}
	}
	return answer;
}

/* ---- compiling ---- */

static bool compile_after(struct compiler *compiler, const struct json *node, const struct spot *spot, int *ret_days)
{
	const struct json *length = NULL;
	const struct spot here = spot_member(spot, "after");
	if (!argument_optional(compiler, node, spot, "after", JSON_OBJECT, &length) || !length) {
		return !json_member(node, "after");
	}
	static const char *const names[] = {"days", NULL};
	if (!arguments_only(compiler, length, &here, names) ||
	    !argument_count(compiler, length, &here, "days", 1, DAYS_MAX, ret_days)) {
		return false;
	}
	phrase_number(compiler, &compiler->phrases.days, *ret_days);
	return true;
}

static bool compile_during(struct compiler *compiler, const struct json *node, const struct spot *spot, struct during *made)
{
	static const char *const names[] = {"from", "to", "paused", "after", "through", "each", NULL};
	const struct spot at_from = spot_member(spot, "from");
	const struct spot at_to = spot_member(spot, "to");
	const struct json *from = NULL;
	const struct json *to = NULL;
	const struct json *each = NULL;
	const struct json *through = NULL;
	if (!arguments_only(compiler, node, spot, names) ||
	    !argument_optional(compiler, node, spot, "through", JSON_BOOLEAN, &through) ||
	    !argument_optional(compiler, node, spot, "each", JSON_BOOLEAN, &each) ||
	    !argument_optional(compiler, node, spot, "from", JSON_OBJECT, &from) ||
	    !argument_optional(compiler, node, spot, "to", JSON_OBJECT, &to)) {
		return false;
	}
	made->has_from = from != NULL;
	made->has_to = to != NULL;
	made->each = each && json_boolean(each);
	made->through = through && json_boolean(through);
	bool good = !from || selector_compile(compiler, from, &at_from, 0, &made->from);
	good = (!to || selector_compile(compiler, to, &at_to, from ? SELECTOR_SAME : SELECTOR_WHICH, &made->to)) && good;
	good = pause_compile(compiler, node, spot, &made->paused) && good;
	good = compile_after(compiler, node, spot, &made->after) && good;
	if ((!from && !to) || (made->each && !(from && to)) || ((made->after > 0 || made->paused) && !from) ||
	    (made->through && !to)) {
		spot_issue(compiler->issues, spot, "missing_member",
			   "after is counted from from, what is paused is from, through and each need to; one is needed");
		return false;
	}
	return good;
}

static bool compile_manner(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
			   struct occurrences_check *made)
{
	static const char *const names[] = {[AT_LEAST] = "at_least", [AT_MOST] = "at_most", [EACH_HAS] = "have"};
	const struct json *have = json_member(arguments, "have");
	const struct spot at_have = spot_member(spot, "have");
	unsigned said = 0;
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (json_member(arguments, names[i])) {
			made->manner = (enum manner)i;
			said++;
		}
	}
	if (said != 1 || (have && json_kind(have) != JSON_OBJECT)) {
		spot_issue(compiler->issues, spot, "missing_member", "says at_least, at_most or have, and only one of them");
		return false;
	}
	if (have) {
		return conditions_compile(compiler, occurrence_list, have, &at_have, &made->conditions, &made->condition_count);
	}
	if (!argument_count(compiler, arguments, spot, names[made->manner], made->manner == AT_LEAST ? 1 : 0, COUNT_MAX,
			    &made->count)) {
		return false;
	}
	if (made->count > 0) {
		phrase_number(compiler, &compiler->phrases.count, made->count);
	}
	return true;
}

const struct check *compile_occurrences(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"of", "during", "at_least", "at_most", "have", NULL};
	struct occurrences_check *made = arena_alloc(compiler->arena, sizeof(*made));
	const struct spot at_of = spot_member(spot, "of");
	const struct spot at_during = spot_member(spot, "during");
	const struct json *during = NULL;
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *of = argument(compiler, arguments, spot, "of", JSON_OBJECT);
	if (!of || !argument_optional(compiler, arguments, spot, "during", JSON_OBJECT, &during)) {
		return NULL;
	}
	bool good = selector_compile(compiler, of, &at_of, 0, &made->of);
	made->has_during = during != NULL;
	good = (!during || compile_during(compiler, during, &at_during, &made->during)) && good;
	good = compile_manner(compiler, arguments, spot, made) && good;
	made->check = (struct check){evaluate_occurrences, occurrence_list};
	return good ? &made->check : NULL;
}
