/* SPDX-License-Identifier: Apache-2.0 */
/* The clock of an obligation in words: what begins it, by when it is due, what does it, how it comes again and what ends it. */
#include "policy/duty_rule.h"
#include "policy/say.h"
#include "policy/titles.h"

#include <string.h>

enum { DUTY_ROOM = 256 };

static bool says(const struct json *json, const char *member)
{
	const struct json *node = json_member(json, member);
	return node && json_kind(node) == JSON_BOOLEAN && json_boolean(node);
}

/* "the partner: ICC or IHT" */
static const char *say_condition(const struct sayer *sayer, const struct json *condition)
{
	const char *path = arena_printf(sayer->arena, "%s/*/%s", occurrence_list, json_name(condition));
	const char *title = title_at(sayer->policy->vocabulary, path);
	const char *said = json_kind(condition) == JSON_ARRAY ? say_word_list(sayer, condition, "or")
							      : say_generic(sayer->arena, condition);
	return arena_printf(sayer->arena, "%s: %s", title ? vocabulary_phrase(sayer->arena, title) : json_name(condition),
			    said);
}

/* "the contact or the visit" */
static const char *say_kinds(const struct sayer *sayer, const struct json *named)
{
	const struct occurrence_kinds *kinds = policy_occurrences(sayer->policy);
	struct say_list said = say_list(sayer->arena, json_count(named), "or");
	for (const struct json *one = json_first(named); one; one = json_next(one)) {
		const struct occurrence_kind *kind = occurrence_kind_find(kinds, json_text(one));
		say_add(&said, kind ? kind->phrase : json_text(one));
	}
	return say_end(&said);
}

const char *say_selector(const struct sayer *sayer, const struct json *selector)
{
	const char *said = say_kinds(sayer, json_member(selector, "occurrence"));
	const struct json *others = json_member(selector, "or");
	const struct json *where = json_member(selector, "where");
	struct say_list conditions = say_list(sayer->arena, json_count(where), "and");
	for (const struct json *one = json_first(where); one; one = json_next(one)) {
		say_add(&conditions, say_condition(sayer, one));
	}
	const char *first = where ? arena_printf(sayer->arena, "%s (%s)", said, say_end(&conditions)) : said;
	return others ? arena_printf(sayer->arena, "%s, or %s", first, say_kinds(sayer, others)) : first;
}

const char *say_paused(const struct sayer *sayer, const struct json *node)
{
	const struct json *paused = json_member(node, "paused");
	return paused ? arena_printf(sayer->arena, "from %s until %s", say_selector(sayer, json_member(paused, "from")),
				     say_selector(sayer, json_member(paused, "to")))
		      : NULL;
}

static void say_start(const struct sayer *sayer, const struct item *item, struct text *out)
{
	const char *start = say_selector(sayer, json_member(item->json, "starts"));
	const char *how = item->duty->each            ? "each time"
			  : item->duty->starts.latest ? "the newest counts"
						      : "the first time";
	text_printf(out, "Begins with %s, %s%s.", start, how, item->duty->anew ? ", and again after each end" : "");
	if (item->duty->paused) {
		text_printf(out, " Nothing begins %s.", say_paused(sayer, item->json));
	}
}

static void say_due(const struct sayer *sayer, const struct item *item, struct text *out)
{
	const char *within = say_amount(sayer->arena, json_member(item->json, "within"));
	const char *every = say_amount(sayer->arena, json_member(item->json, "every"));
	if (item->duty->periods == PERIODS_WEEKS) {
		text_puts(out, " Due in every whole calendar week, Monday to Sunday.");
		return;
	}
	if (item->duty->same_day) {
		text_puts(out, " Due on the same day.");
		return;
	}
	if (within || every) {
		text_printf(out, item->duty->ahead ? " Due at least %s ahead of the day that is planned." : " Due within %s.",
			    within ? within : every);
	} else {
		text_puts(out, " No time is set.");
	}
	if (every) {
		text_printf(out,
			    item->duty->periods == PERIODS_FROM_START ? " Due again in each %s that follow."
								      : " Due again within %s of when it was done.",
			    every);
	}
}

static const char *say_attested(const struct sayer *sayer, const struct item *item)
{
	const char *every = say_amount(sayer->arena, json_member(item->json, "every"));
	return every ? arena_printf(sayer->arena, "Attested again within %s, or by the last day that the attestation gives.",
				    every)
		     : "Attested once; it holds until the last day that the attestation gives, if it gives one.";
}

const char *say_duty(const struct sayer *sayer, const struct item *item)
{
	const struct json *until = json_member(item->json, "until");
	const struct json *done = json_member(item->json, "fulfilled_by");
	struct text out;
	if (!item->duty) {
		return NULL;
	}
	if (item->duty->attest) {
		return say_attested(sayer, item);
	}
	text_init(&out, sayer->arena, DUTY_ROOM);
	say_start(sayer, item, &out);
	say_due(sayer, item, &out);
	text_printf(&out, " Done with %s%s.", say_selector(sayer, done), says(done, "earlier") ? ", earlier counts too" : "");
	if (until) {
		text_printf(&out, " Ends with %s.", say_selector(sayer, until));
	}
	return out.data;
}
