/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/explain.h"

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

static const char *earliest_text(const struct policy *policy, const struct item *item, struct civil_date on,
				 struct arena *arena)
{
	const struct window_anchor anchor = {policy->zone, zone_instant(policy->zone, on, NOON), on, on};
	return item->window ? window_earliest_text(arena, item->window, &anchor) : NULL;
}

void policy_explain_item(const struct policy *policy, const struct item *item, struct civil_date on, struct arena *arena,
			 struct explanation *ret_explanation)
{
	const struct sayer sayer = {.arena = arena, .policy = policy};
	const struct json *when = json_member(item->json, "when");
	const struct json *check = json_member(item->json, "check");
	struct bounds bounds;
	struct explanation explanation = {.policy = policy, .item = item, .on = on};
	explanation.in_force =
		!policy->draft && civil_compare(policy->in_force_from, on) <= 0 && civil_compare(on, policy->in_force_to) <= 0;
	explanation.asked_of = explain_asked(item, arena);
	explanation.when = when ? say_check(&sayer, when) : NULL;
	explanation.check = check ? say_check(&sayer, check) : NULL;
	explanation.rule = say_rule(&sayer, item);
	explanation.not_met =
		phrase_earliest(arena, explain_consequence(policy, item, arena), earliest_text(policy, item, on, arena));
	const char *text = phrase_earliest(arena, item->text, earliest_text(policy, item, on, arena));
	explanation.sentence = sentence_of(&explanation, text, arena);
	find_cites(policy, item, arena, &explanation);
	bounds_find(item, arena, &bounds);
	struct explained_bound *explained = arena_array(arena, bounds.count + 1, sizeof(*explained));
	for (size_t i = 0; i < bounds.count; i++) {
		explain_bound(policy, &bounds.list[i], on, arena, &explained[i]);
	}
	explanation.bounds = explained;
	explanation.bound_count = bounds.count;
	*ret_explanation = explanation;
}
