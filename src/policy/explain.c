/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/explain.h"

#include "domain/answer.h"
#include "policy/phrase.h"
#include "policy/say.h"
#include "policy/window.h"

#include <string.h>

enum { NOON = 12 * 3600 };

/* "PRTS/initial", "TM/continued stay", "PDTS/any review" */
static const char *asked_part(const char *written, struct arena *arena)
{
	const char *slash = strchr(written, '/');
	const char *review = slash ? slash + 1 : written;
	const char *service = slash ? arena_text(arena, written, (size_t)(slash - written)) : "";
	return arena_printf(arena, "%s/%s", strcmp(service, "*") == 0 ? "any service" : service,
			    strcmp(review, "*") == 0 ? "any review" : say_plain(arena, review));
}

const char *explain_asked(const struct item *item, struct arena *arena)
{
	const struct json *list = json_member(item->json, "for");
	if (!list) {
		return "all that the policy answers";
	}
	struct say_list said = say_list(arena, json_count(list), "and");
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		say_add(&said, asked_part(json_text(one) ? json_text(one) : "", arena));
	}
	return say_end(&said);
}

static void find_cites(const struct policy *policy, const struct item *item, struct arena *arena,
		       struct explanation *explanation)
{
	struct explained_cite *cites = arena_array(arena, item->cite_count + 1, sizeof(*cites));
	for (size_t i = 0; i < item->cite_count; i++) {
		struct explained_cite *cite = &cites[explanation->cite_count++];
		*cite = (struct explained_cite){item->cite[i], NULL};
		const struct json *clauses = json_member(policy->clauses, "clauses");
		for (const struct json *one = json_first(clauses); one; one = json_next(one)) {
			if (strcmp(json_text(json_member(one, "clause")), cite->clause) == 0) {
				cite->title = json_text(json_member(one, "title"));
			}
		}
	}
	explanation->cites = cites;
}

static const char *earliest_text(const struct policy *policy, const struct item *item, struct civil_date on,
				 struct arena *arena)
{
	const struct window_anchor anchor = {policy->zone, zone_instant(policy->zone, on, NOON), on, on};
	return item->window ? window_earliest_text(arena, item->window, &anchor) : NULL;
}

/* By itself the text of what alone makes an authorization needed would read as something that is so. */
static const char *text_of(const struct policy *policy, const struct item *item, struct civil_date on, struct arena *arena)
{
	const char *text = phrase_earliest(arena, item->text, earliest_text(policy, item, on, arena));
	return item->kind == KIND_ELIGIBILITY && item->then == THEN_NOT_REQUIRED
		       ? arena_printf(arena, "No authorization is needed unless this is so: %s", text)
		       : text;
}

/* A condition of many parts follows the sentence, since it would tear it apart. */
static const char *sentence_of(const struct explanation *explanation, const char *text, struct arena *arena)
{
	const char *when = explanation->when;
	if (!when) {
		return arena_printf(arena, "In %s: %s", explanation->asked_of, text);
	}
	return strstr(when, "(1) ") || strstr(when, ": ")
		       ? arena_printf(arena, "In %s: %s This applies where %s.", explanation->asked_of, text, when)
		       : arena_printf(arena, "In %s, where %s: %s", explanation->asked_of, when, text);
}

/* Whether a check may hold of what is received on the day: only `received` tells, everything else is open. */
static enum answer answer_on(const struct json *node, struct civil_date on)
{
	enum { PARTS_MAX = 64 };
	enum answer parts[PARTS_MAX];
	unsigned count = 0;
	const char *name = NULL;
	const struct json *arguments = bounds_check(node, &name);
	if (arguments && strcmp(name, "received") == 0) {
		struct civil_date from = on;
		struct civil_date to = on;
		const char *first = json_text(json_member(arguments, "from"));
		const char *last = json_text(json_member(arguments, "to"));
		if ((first && !civil_parse(first, &from)) || (last && !civil_parse(last, &to))) {
			return ANSWER_UNKNOWN;
		}
		return civil_compare(from, on) <= 0 && civil_compare(on, to) <= 0 ? ANSWER_MET : ANSWER_NOT_MET;
	}
	if (arguments && strcmp(name, "not") == 0) {
		return answer_not(answer_on(arguments, on));
	}
	if (!arguments || (strcmp(name, "all") != 0 && strcmp(name, "any") != 0)) {
		return ANSWER_UNKNOWN;
	}
	for (const struct json *one = json_first(arguments); one && count < PARTS_MAX; one = json_next(one)) {
		parts[count++] = answer_on(one, on);
	}
	return strcmp(name, "all") == 0 ? answer_all(parts, count) : answer_any(parts, count);
}

/* The bounds of an item that does not apply to what is received on the day mean nothing then. */
static void explain_bounds(const struct policy *policy, const struct item *item, struct arena *arena,
			   struct explanation *explanation)
{
	char day[CIVIL_TEXT_SIZE];
	const struct json *when = json_member(item->json, "when");
	const bool holds = !when || answer_on(when, explanation->on) != ANSWER_NOT_MET;
	struct bounds bounds;
	bounds_find(item, arena, &bounds);
	struct explained_bound *explained = arena_array(arena, bounds.count + 1, sizeof(*explained));
	for (size_t i = 0; i < bounds.count; i++) {
		if (holds) {
			explain_bound(policy, &bounds.list[i], explanation->on, arena, &explained[i]);
		} else {
			explained[i] = (struct explained_bound){
				.bound = &bounds.list[i],
				.say = arena_printf(arena, "It does not apply to what is received on %s.",
						    civil_format(explanation->on, day))};
		}
	}
	explanation->bounds = explained;
	explanation->bound_count = bounds.count;
}

void policy_explain_item(const struct policy *policy, const struct item *item, struct civil_date on, struct arena *arena,
			 struct explanation *ret_explanation)
{
	const struct sayer sayer = {.arena = arena, .policy = policy};
	const struct json *when = json_member(item->json, "when");
	const struct json *check = json_member(item->json, "check");
	struct explanation explanation = {.policy = policy, .item = item, .on = on};
	explanation.in_force =
		!policy->draft && civil_compare(policy->in_force_from, on) <= 0 && civil_compare(on, policy->in_force_to) <= 0;
	explanation.asked_of = explain_asked(item, arena);
	explanation.when = when ? say_check(&sayer, when) : NULL;
	explanation.check = check ? say_check(&sayer, check) : NULL;
	explanation.rule = say_rule(&sayer, item);
	explanation.not_met =
		phrase_earliest(arena, explain_consequence(policy, item, arena), earliest_text(policy, item, on, arena));
	explanation.sentence = sentence_of(&explanation, text_of(policy, item, on, arena), arena);
	find_cites(policy, item, arena, &explanation);
	explain_bounds(policy, item, arena, &explanation);
	*ret_explanation = explanation;
}
