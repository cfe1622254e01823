/* SPDX-License-Identifier: Apache-2.0 */
/* Limits that end on a day: before a birthday, or on a day that the request names. */
#include "policy/limit_until.h"

#include "policy/reach.h"

enum { YEARS_MAX = 120 };

struct limit_until {
	bool birthday;
	int years;
	struct reach last; /* the place of the last day */
};

static bool compile_birthday(struct compiler *compiler, const struct json *birthday, const struct spot *spot,
			     struct limit_until *made)
{
	const struct spot here = spot_member(spot, "birthday");
	made->birthday = true;
	if (!argument_count(compiler, birthday, &here, "years", 1, YEARS_MAX, &made->years)) {
		return false;
	}
	phrase_number(compiler, &compiler->phrases.years, made->years);
	return true;
}

static bool compile_place(struct compiler *compiler, const struct json *at, const struct spot *spot, struct limit_until *made)
{
	const struct spot here = spot_member(spot, "at");
	if (!reach_compile(compiler, at, &here, &made->last)) {
		return false;
	}
	if (made->last.slot.list || (made->last.slot.type != VALUE_DATE && made->last.slot.type != VALUE_INSTANT)) {
		spot_issue(compiler->issues, &here, "wrong_place", "%s holds no single date", json_text(at));
		return false;
	}
	return true;
}

const struct limit_until *limit_until_compile(struct compiler *compiler, const struct json *node, const struct spot *spot)
{
	static const char *const names[] = {"birthday", "at", NULL};
	struct limit_until *made = arena_alloc(compiler->arena, sizeof(*made));
	const struct json *birthday = json_member(node, "birthday");
	const struct json *at = json_member(node, "at");
	if (!arguments_only(compiler, node, spot, names)) {
		return NULL;
	}
	if (!birthday == !at) {
		spot_issue(compiler->issues, spot, "missing_member", "the last day is before a birthday or at a place");
		return NULL;
	}
	const bool good = birthday ? compile_birthday(compiler, birthday, spot, made) : compile_place(compiler, at, spot, made);
	return good ? made : NULL;
}

bool limit_last_day(const struct limit_until *until, const struct evaluator *evaluator, struct civil_date *ret_day)
{
	const struct value *birth = body_value(evaluator, evaluator->places->birth_date);
	const struct value *value = until->birthday ? birth : reach_value(&until->last, evaluator, 0);
	if (!value_given(value)) {
		return false;
	}
	*ret_day = until->birthday ? civil_add_days(civil_birthday(value->date, until->years), -1)
				   : value_day(value, evaluator->policy->zone);
	return true;
}
