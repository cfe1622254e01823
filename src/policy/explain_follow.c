/* SPDX-License-Identifier: Apache-2.0 */
/* What follows when an item is not met. */
#include "policy/explain.h"

#include "policy/say.h"

#include <string.h>

static const char *text_of(const struct item *item, const char *member)
{
	return json_text(json_member(item->json, member));
}

static bool is_true(const struct item *item, const char *member)
{
	const struct json *node = json_member(item->json, member);
	return node && json_kind(node) == JSON_BOOLEAN && json_boolean(node);
}

static const char *words_of(const struct policy *policy, const struct item *item, const char *member, struct arena *arena)
{
	const struct sayer sayer = {.arena = arena, .policy = policy};
	const struct json *list = json_member(item->json, member);
	return list && json_first(list) ? say_word_list(&sayer, list, "or") : "anybody";
}

/* Each of those who are told has a notice of their own, while one alone of those who may appeal or decide does so. */
static const char *told_words(const struct policy *policy, const struct item *item, struct arena *arena)
{
	const struct sayer sayer = {.arena = arena, .policy = policy};
	const struct json *list = json_member(item->json, "to");
	return list && json_first(list) ? say_word_list(&sayer, list, "and") : "nobody named";
}

static const char *owner_words(const struct policy *policy, const struct item *item, struct arena *arena)
{
	const struct sayer sayer = {.arena = arena, .policy = policy};
	return say_owner(&sayer, item->owner);
}

static const char *explain_return(const struct policy *policy, const struct item *item, struct arena *arena)
{
	const char *facts = words_of(policy, item, "verified_by", arena);
	const char *what =
		item->then == THEN_RETURN ? "The request is returned" : "The request needs no authorization and is told so";
	if (!item->at_once) {
		return arena_printf(arena, "%s once staff confirm it.", what);
	}
	return item->verified_by == 0
		       ? arena_printf(arena, "%s at once.", what)
		       : arena_printf(arena, "%s at once where %s is verified, else once staff confirm it.", what, facts);
}

/* A reason is a code for programs, or a sentence of its own. */
static bool coded_reason(const struct item *item)
{
	return item->kind == KIND_ELIGIBILITY && item->reason && !strchr(item->reason, ' ');
}

static const char *explain_eligibility(const struct policy *policy, const struct item *item, struct arena *arena)
{
	switch (item->then) {
	case THEN_RETURN:
	case THEN_NOT_REQUIRED: return explain_return(policy, item, arena);
	case THEN_ROUTE:
		return coded_reason(item) ? "Staff take the request by hand."
					  : arena_printf(arena, "Staff take the request by hand. %s", item->reason);
	case THEN_FLAG: return "Nothing is held up; a reviewer sees the flag.";
	case THEN_REVIEW:
	case THEN_WAIT: break;
	}
	return "A licensed reviewer sees the finding and decides.";
}

/* As it is written, since a comparison asks also about versions that were never loaded. */
static bool timed_duty(const struct item *item)
{
	return json_member(item->json, "within") || json_member(item->json, "every") || text_of(item, "periods") ||
	       is_true(item, "periods") || is_true(item, "same_day");
}

static const char *explain_duty(const struct policy *policy, const struct item *item, struct arena *arena)
{
	const char *owner = owner_words(policy, item, arena);
	if (is_true(item, "attest")) {
		return arena_printf(
			arena, "It is missing, or has expired, on the record of what the provider attests; it is owed by %s.",
			owner);
	}
	return arena_printf(arena,
			    timed_duty(item) ? "The duty is overdue, and an event says so; it is owed by %s."
					     : "The duty stays open until it is done; it is owed by %s.",
			    owner);
}

const char *explain_kind(const struct policy *policy, const struct item *item, struct arena *arena)
{
	switch (item->kind) {
	case KIND_ELIGIBILITY: return explain_eligibility(policy, item, arena);
	case KIND_COMPLETENESS:
		return item->then == THEN_WAIT ? "It is missing, and the request waits for it."
					       : "It is missing: outreach follows, and then a return to the sender.";
	case KIND_INFORMATION: return "It is asked for; the request is never returned for it.";
	case KIND_ON_REQUEST: return "Nothing, until licensed staff ask for it.";
	case KIND_GATE: return "No determination is made before it; clocks run on.";
	case KIND_CRITERION: return "A licensed reviewer sees the finding and decides.";
	case KIND_JUDGMENT:
		return arena_printf(arena, "The machine never answers it; it is answered by %s.",
				    words_of(policy, item, "by", arena));
	case KIND_LIMIT:
		return item->limit_days > 0 || json_member(item->json, "until")
			       ? "What was asked above it is told, and cannot be reviewed with this request."
			       : arena_printf(arena, "Another authority (%s) says how much one authorization may hold.",
					      item->limit_source ? item->limit_source : "not named");
	case KIND_CLOCK: return "The determination is late, and an event says so; nothing is decided by lapse.";
	case KIND_OUTREACH: return "A return to the sender waits until so many attempts were made.";
	case KIND_OBLIGATION: return explain_duty(policy, item, arena);
	case KIND_DETERMINATION: return "The determination is refused.";
	case KIND_NOTICE: return arena_printf(arena, "The notice is owed to %s.", told_words(policy, item, arena));
	case KIND_APPEAL:
		return arena_printf(arena, "It may be asked for by %s, and is decided by %s.",
				    words_of(policy, item, "from", arena), words_of(policy, item, "by", arena));
	case KIND_COUNT: break;
	}
	return "";
}

const char *explain_consequence(const struct policy *policy, const struct item *item, struct arena *arena)
{
	struct text out;
	const char *after = text_of(item, "after");
	text_init(&out, arena, 128);
	text_puts(&out, explain_kind(policy, item, arena));
	if (coded_reason(item)) {
		text_printf(&out, " The reason is \"%s\".", item->reason);
	}
	if (item->flag) {
		text_printf(&out, " The flag \"%s\" is raised.", item->flag);
	}
	if (item->unapprovable) {
		text_printf(&out, " The days that it names cannot be approved (\"%s\").", item->unapprovable);
	}
	if (item->ask) {
		text_printf(&out, " %s", item->ask);
	}
	if (after) {
		text_printf(&out, " It is not listed before %s is met.", after);
	}
	return out.data;
}
