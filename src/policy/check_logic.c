/* SPDX-License-Identifier: Apache-2.0 */
/* all, any, not, at_least, item, applies: Kleene logic over other checks. */
#include "policy/check.h"

#include "policy/evaluator.h"

#include <string.h>

enum { PARTS_MAX = 64 };

struct logic_check {
	struct check check;
	const struct check **parts;
	unsigned count;
	unsigned needed; /* at_least */
	size_t item; /* item */
};

static struct logic_check *compile_parts(struct compiler *compiler, const struct json *list, const struct spot *spot)
{
	struct logic_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (json_kind(list) != JSON_ARRAY || !json_first(list) || json_count(list) > PARTS_MAX) {
		spot_issue(compiler->issues, spot, "wrong_type", "must be a list of at most %d checks", PARTS_MAX);
		return NULL;
	}
	made->parts = arena_array(compiler->arena, json_count(list), sizeof(const struct check *));
	bool good = true;
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		const struct spot here = spot_element(spot, made->count);
		const struct check *part = check_compile(compiler, one, &here);
		made->parts[made->count++] = part;
		good = good && part;
	}
	if (!good) {
		return NULL;
	}
	made->check.subject = made->parts[0]->subject;
	return made;
}

static enum answer evaluate_all(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct logic_check *all = (const struct logic_check *)check;
	enum answer answers[PARTS_MAX];
	for (unsigned i = 0; i < all->count; i++) {
		answers[i] = check_evaluate(all->parts[i], evaluator, trace);
		if (answers[i] == ANSWER_NOT_MET && arena_muted(trace->arena)) {
			return ANSWER_NOT_MET;
		}
	}
	return answer_all(answers, all->count);
}

/* True when a part found a paper, though not as it must be: that explains more than "not there". */
static bool came_further(const struct trace *trace, size_t from, size_t to)
{
	static const char papers[] = "/documents/";
	for (size_t i = from; i < to; i++) {
		const struct entry *entry = &trace->entries[i];
		if (entry->say && entry->problem != PROBLEM_MISSING && entry->problem != PROBLEM_UNANSWERED &&
		    strncmp(entry->pointer, papers, sizeof(papers) - 1) == 0) {
			return true;
		}
	}
	return false;
}

/* True when an alternative of several parts holds in the first, on which the choice between alternatives hangs. */
static bool was_chosen(const struct check *part, const struct trace *trace, size_t from, size_t to)
{
	if (part->evaluate != evaluate_all) {
		return false;
	}
	for (size_t i = from; i < to; i++) {
		if (strcmp(trace->entries[i].pointer, part->subject) == 0) {
			return false;
		}
	}
	return true;
}

/*
 * One alternative explains why none holds: the first that came further than the rest, else the first that answers as the whole
 * does.
 */
static void keep_nearest(const struct logic_check *any, struct trace *trace, size_t mark, const size_t *ends,
			 const enum answer *answers, enum answer answer)
{
	const unsigned count = any->count;
	unsigned chosen = count;
	for (unsigned i = 0; i < count; i++) {
		const size_t from = i == 0 ? mark : ends[i - 1];
		if (answers[i] != answer || ends[i] == from) {
			continue;
		}
		if (came_further(trace, from, ends[i]) || was_chosen(any->parts[i], trace, from, ends[i])) {
			chosen = i;
			break;
		}
		chosen = chosen == count ? i : chosen;
	}
	if (chosen == count) {
		trace_cut(trace, mark);
	} else {
		trace_keep(trace, mark, chosen == 0 ? mark : ends[chosen - 1], ends[chosen]);
	}
}

static enum answer evaluate_any(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct logic_check *any = (const struct logic_check *)check;
	enum answer answers[PARTS_MAX];
	size_t ends[PARTS_MAX];
	const size_t mark = trace->count;
	const struct day_set days = trace->days;
	for (unsigned i = 0; i < any->count; i++) {
		answers[i] = check_evaluate(any->parts[i], evaluator, trace);
		ends[i] = trace->count;
		if (answers[i] == ANSWER_MET) {
			trace_cut(trace, mark);
			trace->days = days;
			return ANSWER_MET;
		}
	}
	const enum answer answer = answer_any(answers, any->count);
	if (trace->entries) {
		keep_nearest(any, trace, mark, ends, answers, answer);
	}
	return answer;
}

static enum answer evaluate_not(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct logic_check *not = (const struct logic_check *)check;
	const size_t mark = trace->count;
	const struct day_set days = trace->days;
	trace->met_at = NULL;
	trace->met_days = (struct day_set){NULL, 0};
	const enum answer inner = check_evaluate(not ->parts[0], evaluator, trace);
	if (inner == ANSWER_NOT_MET) {
		trace_cut(trace, mark);
		trace->days = days;
	}
	if (inner == ANSWER_MET) {
		const char *pointer = trace->met_at ? trace->met_at : check_pointer(check, trace->arena);
		trace->days = days_empty(trace->met_days) ? trace->days : trace->met_days;
		trace_add(trace, PROBLEM_INVALID, pointer, (struct entry){0});
	}
	return answer_not(inner);
}

static enum answer evaluate_at_least(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct logic_check *some = (const struct logic_check *)check;
	enum answer answers[PARTS_MAX];
	const size_t mark = trace->count;
	for (unsigned i = 0; i < some->count; i++) {
		answers[i] = check_evaluate(some->parts[i], evaluator, trace);
	}
	const enum answer answer = answer_at_least(answers, some->count, some->needed);
	if (answer == ANSWER_MET) {
		trace_cut(trace, mark);
	}
	return answer;
}

static enum answer evaluate_item(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct logic_check *refers = (const struct logic_check *)check;
	const struct item *item = evaluator->policy->items[refers->item];
	if (arena_muted(trace->arena)) {
		return evaluator_item(evaluator, item)->answer;
	}
	const struct item_state *state = evaluator_worded(evaluator, item);
	for (size_t i = 0; i < state->entry_count; i++) {
		trace_add(trace, state->entries[i].problem, state->entries[i].pointer, state->entries[i]);
	}
	return state->answer;
}

static enum answer evaluate_applies(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct logic_check *refers = (const struct logic_check *)check;
	const struct item_state *state = evaluator_item(evaluator, evaluator->policy->items[refers->item]);
	if (state->answer != ANSWER_NOT_APPLICABLE) {
		return ANSWER_MET;
	}
	trace_add(trace, PROBLEM_INVALID, check->subject, (struct entry){0});
	return ANSWER_NOT_MET;
}

const struct check *compile_all(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	struct logic_check *made = compile_parts(compiler, arguments, spot);
	if (made) {
		made->check.evaluate = evaluate_all;
	}
	return made ? &made->check : NULL;
}

const struct check *compile_any(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	struct logic_check *made = compile_parts(compiler, arguments, spot);
	if (made) {
		made->check.evaluate = evaluate_any;
	}
	return made ? &made->check : NULL;
}

const struct check *compile_not(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	const struct check *inner = check_compile(compiler, arguments, spot);
	if (!inner) {
		return NULL;
	}
	struct logic_check *made = arena_alloc(compiler->arena, sizeof(*made));
	made->parts = arena_array(compiler->arena, 1, sizeof(const struct check *));
	made->parts[0] = inner;
	made->count = 1;
	made->check = (struct check){evaluate_not, inner->subject};
	return &made->check;
}

const struct check *compile_at_least(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"count", "of", NULL};
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *of = argument(compiler, arguments, spot, "of", JSON_ARRAY);
	const struct spot at_of = spot_member(spot, "of");
	int needed = 0;
	if (!of || !argument_count(compiler, arguments, spot, "count", 1, (int)json_count(of), &needed)) {
		return NULL;
	}
	struct logic_check *made = compile_parts(compiler, of, &at_of);
	if (!made) {
		return NULL;
	}
	made->needed = (unsigned)needed;
	made->check.evaluate = evaluate_at_least;
	phrase_number(compiler, &compiler->phrases.count, needed);
	return &made->check;
}

static const struct check *compile_reference(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
					     enum answer (*judge)(const struct check *, struct evaluator *, struct trace *))
{
	const char *id = json_text(arguments);
	for (size_t i = 0; id && i < compiler->item_count; i++) {
		if (strcmp(compiler->item_ids[i], id) == 0) {
			struct logic_check *made = arena_alloc(compiler->arena, sizeof(*made));
			made->item = i;
			made->check = (struct check){judge, ""};
			compile_refers(compiler, i);
			return &made->check;
		}
	}
	spot_issue(compiler->issues, spot, "unknown_item", "there is no item \"%s\"%s", id ? id : "?",
		   id ? spot_near(compiler->arena, id, compiler->item_ids, compiler->item_count) : "");
	return NULL;
}

const struct check *compile_item(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	return compile_reference(compiler, arguments, spot, evaluate_item);
}

const struct check *compile_applies(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	return compile_reference(compiler, arguments, spot, evaluate_applies);
}
