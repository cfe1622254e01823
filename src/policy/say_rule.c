/* SPDX-License-Identifier: Apache-2.0 */
/* What items say besides a check, in sentences: clocks, limits, attempts, gates, and what determinations, notices and appeals are. */
#include "policy/say.h"

#include <string.h>

enum { RULE_ROOM = 256 };

/* One sentence after another. */
static void add(struct text *out, const char *sentence)
{
	text_printf(out, "%s%s", out->length > 0 ? " " : "", sentence);
}

static const char *words_of(const struct sayer *sayer, const struct item *item, const char *member, const char *joint)
{
	const struct json *list = json_member(item->json, member);
	return list ? say_word_list(sayer, list, joint) : NULL;
}

static const char *amount_of(const struct sayer *sayer, const struct item *item, const char *member)
{
	return say_amount(sayer->arena, json_member(item->json, member));
}

static void add_words(const struct sayer *sayer, const struct item *item, const char *member, const char *joint,
		      const char *format, struct text *out)
{
	const char *words = words_of(sayer, item, member, joint);
	if (words) {
		text_puts(out, out->length > 0 ? " " : "");
		text_printf(out, "%s %s.", format, words);
	}
}

static const char *governed(const struct item *item)
{
	return item->of == (RULING_APPROVED | RULING_DENIED) || item->of == 0 ? "approvals and denials"
	       : item->of == RULING_APPROVED                                  ? "approvals"
									      : "denials";
}

static void say_clock(const struct sayer *sayer, const struct item *item, struct text *out)
{
	add(out, arena_printf(sayer->arena, "Due within %s of %s.%s", amount_of(sayer, item, "within"),
			      item->from_arrival ? "the arrival of the papers that made it apply" : "receipt",
			      item->unknown_met ? " It starts too while it cannot be told whether it applies." : ""));
}

static void say_limit(const struct sayer *sayer, const struct item *item, struct text *out)
{
	const struct json *until = json_member(item->json, "until");
	const struct json *birthday = json_member(until, "birthday");
	const char *ask_again = amount_of(sayer, item, "ask_again");
	if (item->limit_days > 0) {
		add(out, arena_printf(sayer->arena, "One authorization holds at most %d days.", item->limit_days));
	} else if (birthday) {
		add(out, arena_printf(sayer->arena, "The last day is the one before the member turns %lld.",
				      say_number_of(birthday, "years")));
	} else if (until) {
		add(out, arena_printf(sayer->arena, "The last day is %s; where that is not given nothing is cut off.",
				      say_place(sayer, say_text_of(until, "at"))));
	}
	if (ask_again) {
		add(out, arena_printf(sayer->arena, "The next request should come %s before the end.", ask_again));
	}
}

static void say_attempts(const struct sayer *sayer, const struct item *item, struct text *out)
{
	const char *each_within = amount_of(sayer, item, "each_within");
	for (const struct json *one = json_first(json_member(item->json, "attempts")); one; one = json_next(one)) {
		const struct json *when = json_member(one, "when");
		const long long count = say_number_of(one, "count");
		add(out, when ? arena_printf(sayer->arena, "Owed are %lld attempts where %s.", count, say_check(sayer, when))
			      : arena_printf(sayer->arena, "%s %lld attempts.", out->length > 0 ? "Else" : "Owed are", count));
	}
	if (each_within) {
		add(out, arena_printf(sayer->arena, "Each follows receipt, or the attempt before it, within %s.", each_within));
	}
}

static void say_gate(const struct sayer *sayer, const struct item *item, struct text *out)
{
	add_words(sayer, item, "needs", "and", "What is recorded for it shows", out);
	add_words(sayer, item, "certifies", "and", "Where the need is certified it also shows", out);
}

static void say_determination(const struct sayer *sayer, const struct item *item, struct text *out)
{
	const char *grounds = words_of(sayer, item, "grounds", "or");
	add(out, arena_printf(sayer->arena, "It governs %s%s%s.", governed(item), grounds ? " on these grounds: " : "",
			      grounds ? grounds : ""));
	add_words(sayer, item, "needs", "and", "Each must have:", out);
	add_words(sayer, item, "words", "or", "That is answered with", out);
	add_words(sayer, item, "by", "or", "It is made by:", out);
}

static void say_notice(const struct sayer *sayer, const struct item *item, struct text *out)
{
	const char *within = amount_of(sayer, item, "within");
	add(out, arena_printf(sayer->arena, "Of %s this is told to %s.", governed(item), words_of(sayer, item, "to", "and")));
	add(out, item->within_due ? "It is due when the determination itself is due."
		 : within         ? arena_printf(sayer->arena, "It is due within %s of the determination.", within)
				  : "No time is set for it.");
}

static void say_appeal(const struct sayer *sayer, const struct item *item, struct text *out)
{
	const char *within = amount_of(sayer, item, "within");
	add(out, arena_printf(sayer->arena, "%s appeal of %s may be asked for by %s.",
			      strcmp(item->appeal, "expedited") == 0 ? "An expedited" : "A standard", governed(item),
			      words_of(sayer, item, "from", "or")));
	add(out, within ? arena_printf(sayer->arena, "It is decided within %s of its receipt.", within)
			: "No time is set for its decision.");
	add_words(sayer, item, "by", "or", "It is decided by", out);
}

static void say_judgment(const struct sayer *sayer, const struct item *item, struct text *out)
{
	const struct json *evidence = json_member(item->json, "evidence");
	add_words(sayer, item, "by", "or", "It is answered by", out);
	if (evidence && json_first(evidence)) {
		add(out, arena_printf(sayer->arena, "The reviewer looks into %s.", say_section_titles(sayer, evidence)));
	}
}

static void say_kind(const struct sayer *sayer, const struct item *item, struct text *out)
{
	switch (item->kind) {
	case KIND_CLOCK: say_clock(sayer, item, out); break;
	case KIND_LIMIT: say_limit(sayer, item, out); break;
	case KIND_OUTREACH: say_attempts(sayer, item, out); break;
	case KIND_GATE: say_gate(sayer, item, out); break;
	case KIND_DETERMINATION: say_determination(sayer, item, out); break;
	case KIND_NOTICE: say_notice(sayer, item, out); break;
	case KIND_APPEAL: say_appeal(sayer, item, out); break;
	case KIND_JUDGMENT: say_judgment(sayer, item, out); break;
	case KIND_OBLIGATION: add(out, say_duty(sayer, item)); break;
	case KIND_ELIGIBILITY:
	case KIND_COMPLETENESS:
	case KIND_INFORMATION:
	case KIND_ON_REQUEST:
	case KIND_CRITERION:
	case KIND_COUNT: break;
	}
}

const char *say_rule(const struct sayer *sayer, const struct item *item)
{
	const struct json *passes = json_member(item->json, "passes_to");
	struct text out;
	text_init(&out, sayer->arena, RULE_ROOM);
	say_kind(sayer, item, &out);
	if (passes) {
		add(&out, arena_printf(sayer->arena, "It is cured by %s instead of %s where %s.",
				       say_owner(sayer, say_text_of(passes, "owner")), say_owner(sayer, item->owner),
				       say_check(sayer, json_member(passes, "when"))));
	}
	return out.length > 0 ? out.data : NULL;
}
