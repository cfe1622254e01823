/* SPDX-License-Identifier: Apache-2.0 */
/* Every item of every policy and sketch in words that need no knowledge of the format, and every kind of check has its words. */
#include "policy/explain.h"

#include "../run_suite.h"
#include "fixture.h"
#include "policy/check.h"
#include "policy/say.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* What only the format says: names of members, pointers, lists by their names, and negations of negations. */
static const char *const leftovers[] = {
	"/facts/", "/lines", "/member", "/documents", "(at:",      " at:",        "(where:",
	" where:", "(in:",   " in:",    "weigh:",     "something", "not so that", "cannot be said here"};

/* TEXT without what stands in quotes: titles, sentences and codes are written there. */
static const char *unquoted(struct arena *arena, const char *text)
{
	char *left = arena_copy(arena, text);
	size_t length = 0;
	bool inside = false;
	for (const char *at = text; *at != '\0'; at++) {
		inside = *at == '"' ? !inside : inside;
		if (!inside && *at != '"') {
			left[length++] = *at;
		}
	}
	left[length] = '\0';
	return left;
}

static bool snake(const char *text)
{
	bool found = false;
	for (const char *at = text; *at != '\0' && !found; at++) {
		found = (islower((unsigned char)at[0]) && at[1] == '_') || (at[0] == '@' && isalpha((unsigned char)at[1]));
	}
	return found;
}

/* What is wrong with one text of an item, or NULL. */
static const char *leftover_of(struct arena *arena, const char *text)
{
	const char *left = unquoted(arena, text);
	for (size_t i = 0; i < sizeof(leftovers) / sizeof(leftovers[0]); i++) {
		if (strstr(left, leftovers[i])) {
			return leftovers[i];
		}
	}
	return strstr(text, "()") || strstr(text, "  ") ? "nothing" : snake(left) ? "a name of the format" : NULL;
}

static size_t look(struct arena *arena, const struct policy *policy, const struct item *item, const char *text)
{
	const char *found = text ? leftover_of(arena, text) : NULL;
	if (found) {
		(void)fprintf(stderr, "%s %s %s: \"%s\" in: %s\n", policy->id, policy->version, item->id, found, text);
	}
	return found != NULL;
}

static size_t look_at_item(struct arena *arena, const struct policy *policy, const struct item *item)
{
	struct civil_date day = {0};
	struct explanation told;
	ck_assert(civil_parse("2026-11-20", &day));
	policy_explain_item(policy, item, day, arena, &told);
	const char *texts[] = {told.sentence, told.when, told.check, told.rule, told.not_met};
	size_t wrong = 0;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		wrong += look(arena, policy, item, texts[i]);
	}
	for (size_t i = 0; i < told.bound_count; i++) {
		wrong += look(arena, policy, item, told.bounds[i].say);
	}
	return wrong;
}

static const char *const roots[] = {"policies", "tests/policies"};

START_TEST(every_item)
{
	struct arena *arena = arena_create();
	struct policy_set *set = fixture_set(arena, roots[_i]);
	size_t items = 0;
	size_t wrong = 0;
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		for (size_t k = 0; k < policy->item_count; k++, items++) {
			wrong += look_at_item(arena, policy, policy->items[k]);
		}
	}
	ck_assert_uint_gt(items, 20);
	ck_assert_msg(wrong == 0, "%s: %zu texts say what only the format knows", roots[_i], wrong);
	policy_set_destroy(set);
	arena_destroy(arena);
}
END_TEST

/* Each of those who are told is owed a notice; of those who may appeal or decide one is enough. */
START_TEST(who_is_told_and_who_may_act)
{
	static const struct {
		const char *item;
		const char *follows;
	} rows[] = {
		{"performcare.ooh.notice", "The notice is owed to the member and the practitioner."},
		{"lhcc.pss.denial-told", "The notice is owed to the practitioner and the member."},
		{"trillium.denial.expedited-appeal", "The notice is owed to the practitioner."},
		{"performcare.ooh.appeal.expedited",
		 "It may be asked for by the practitioner or the member, and is decided by a physician, a psychiatrist, a "
		 "psychologist or a psychologist with a doctorate."},
	};
	struct arena *arena = arena_create();
	struct policy_set *set = fixture_set(arena, "policies");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct item *item = NULL;
		const struct policy *policy = NULL;
		for (size_t k = 0; k < policy_set_count(set) && !item; k++) {
			policy = policy_set_at(set, k);
			item = policy_item_find(policy, rows[i].item);
		}
		ck_assert_msg(item != NULL, "%s", rows[i].item);
		ck_assert_str_eq(explain_kind(policy, item, arena), rows[i].follows);
	}
	policy_set_destroy(set);
	arena_destroy(arena);
}
END_TEST

/* Sensitivity is law and no item: its conditions are told in a comparison. */
START_TEST(every_label)
{
	struct arena *arena = arena_create();
	struct policy_set *set = fixture_set(arena, roots[_i]);
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		const struct sayer sayer = {.arena = arena, .policy = policy};
		for (const struct json *one = json_first(json_member(policy->manifest, "sensitivity")); one;
		     one = json_next(one)) {
			const char *said = say_check(&sayer, json_member(one, "when"));
			ck_assert_msg(!leftover_of(arena, said), "%s: %s", policy->id, said);
		}
	}
	policy_set_destroy(set);
	arena_destroy(arena);
}
END_TEST

/* A check of each kind, where it holds and where it does not. */
static const struct {
	const char *policy;
	const char *check;
	const char *holds;
	const char *fails;
} samples[] = {
	{"trillium-isa",
	 "{\"all\":[{\"verified\":{\"fact\":\"eligibility\"}},{\"any\":[{\"service_dates\":{}},{\"not\":{\"admitted\":{\"by\":"
	 "\"receipt\"}}}]}]}",
	 "all of these hold: (1) what the request says of \"eligibility\" is verified by a table of the plan or by staff; (2) "
	 "at least one of these holds: (a) every line has its first and its last day, in order; (b) the member was not "
	 "admitted by the day of receipt",
	 "at least one of these holds: (1) what the request says of \"eligibility\" is not verified by a table of the plan or "
	 "by staff; (2) all of these hold: (a) at least one line lacks its first or its last day, or has them out of order; "
	 "(b) the member was admitted by the day of receipt"},
	{"trillium-isa",
	 "{\"any\":[{\"all\":[{\"admitted\":{\"by\":\"receipt\"}},{\"discharged\":{\"by\":\"receipt\"}}]},{\"not\":{\"any\":[{"
	 "\"admitted\":{\"by\":\"first_day\"}},{\"discharged\":{\"by\":\"first_day\"}}]}}]}",
	 "at least one of these holds: (1) the member was admitted by the day of receipt and the member was discharged by the "
	 "day of receipt; (2) the member was not admitted by the first day of service and the member was not discharged by the "
	 "first day of service",
	 "all of these hold: (1) the member was not admitted by the day of receipt or the member was not discharged by the day "
	 "of receipt; (2) the member was admitted by the first day of service or the member was discharged by the first day of "
	 "service"},
	{"trillium-isa", "{\"not\":{\"not\":{\"admitted\":{\"by\":\"receipt\"}}}}",
	 "the member was admitted by the day of receipt", "the member was not admitted by the day of receipt"},
	{"trillium-isa", "{\"at_least\":{\"count\":2,\"of\":[{\"admitted\":{\"by\":\"receipt\"}},{\"service_dates\":{}}]}}",
	 "at least 2 of these hold: (1) the member was admitted by the day of receipt; (2) every line has its first and its "
	 "last day, in order",
	 "fewer than 2 of these hold: (1) the member was admitted by the day of receipt; (2) every line has its first and its "
	 "last day, in order"},
	{"trillium-isa", "{\"item\":\"trillium.prts.con-gate\"}",
	 "trillium.prts.con-gate is met (\"An independent reviewer approved by OHA completes the certification of need before "
	 "placement and before any decision.\")",
	 "trillium.prts.con-gate is not met (\"An independent reviewer approved by OHA completes the certification of need "
	 "before placement and before any decision.\")"},
	{"trillium-isa", "{\"applies\":\"no.such\"}", "no.such applies", "no.such does not apply"},
	{"trillium-isa", "{\"present\":{\"at\":[\"/member/id\",\"/lines/*/code\",\"/facts/risk_indicated\"]}}",
	 "the member's number, the billing code of each of the lines and the answer to \"the assessment shows a risk to the "
	 "health or safety of the member or of others\" are given",
	 "at least one of these is not given: the member's number, the billing code of each of the lines or the answer to "
	 "\"the assessment shows a risk to the health or safety of the member or of others\""},
	{"tufts-tm", "{\"stated\":{\"at\":\"/facts/need_domains\"}}", "the areas in which the youth needs coaching are stated",
	 "the areas in which the youth needs coaching are stated to be none"},
	{"trillium-isa", "{\"is\":{\"at\":\"/facts/risk_indicated\",\"value\":true}}",
	 "\"the assessment shows a risk to the health or safety of the member or of others\" is answered yes",
	 "\"the assessment shows a risk to the health or safety of the member or of others\" is answered no"},
	{"trillium-isa",
	 "{\"one_of\":{\"at\":\"/member/line_of_business\",\"words\":[\"medicaid\",\"dual\"],\"absent\":\"not_met\"}}",
	 "the kind of coverage is Medicaid or Medicare and Medicaid together",
	 "the kind of coverage is not given, or is none of these: Medicaid or Medicare and Medicaid together"},
	{"trillium-isa", "{\"equals\":{\"at\":\"/member/id\",\"other\":\"/member/recipient_id\"}}",
	 "the member's number is the same as the member's Medicaid number",
	 "the member's number is not the same as the member's Medicaid number"},
	{"trillium-isa",
	 "{\"count_at_least\":{\"in\":\"/"
	 "diagnoses\",\"count\":1,\"where\":{\"icd10\":{\"prefixes\":[\"F10\",\"F11\"]},\"dsm\":\"present\",\"primary\":true}}"
	 "}",
	 "at least one of the diagnoses fits this: the ICD code: beginning with F10 or F11, the DSM name: given and it is the "
	 "main reason for the service: yes",
	 "none of the diagnoses fits this: the ICD code: beginning with F10 or F11, the DSM name: given and it is the main "
	 "reason for the service: yes"},
	{"lhcc-pss",
	 "{\"each_has\":{\"in\":\"/facts/progress_notes\",\"where\":{\"goal_ref\":{\"among\":\"/facts/goals/*/"
	 "id\"},\"on\":{\"by\":\"receipt\"}}}}",
	 "each of the progress notes fits this: the goal that the note is about: found among the goals of the individual care "
	 "plan (by the name by which notes refer to the goal) and the day of the note: come by the day of receipt",
	 "not each of the progress notes fits this: the goal that the note is about: found among the goals of the individual "
	 "care plan (by the name by which notes refer to the goal) and the day of the note: come by the day of receipt"},
	{"performcare-cm-040",
	 "{\"occurrences\":{\"of\":{\"occurrence\":[\"contact\"],\"where\":{\"mode\":[\"phone\"]}},\"during\":{\"from\":{"
	 "\"occurrence\":[\"admission\"]},\"to\":{\"occurrence\":[\"released\"],\"same\":[\"setting\"]},\"after\":{\"days\":3}}"
	 ",\"at_most\":8}}",
	 "the contact with the member (way of contact: phone) was recorded at most 8 times from 3 days after the admission on "
	 "until the release with the same setting",
	 "the contact with the member (way of contact: phone) was recorded more than 8 times from 3 days after the admission "
	 "on until the release with the same setting"},
	{"performcare-cm-040",
	 "{\"followed\":{\"of\":{\"occurrence\":[\"contact\"],\"where\":{\"after_discharge\":{\"not\":false}}},\"by\":[{"
	 "\"occurrence\":[\"released\"]},{\"occurrence\":[\"discharge_planned\"],\"day\":\"planned_on\"}],\"within\":{\"days\":"
	 "9}}}",
	 "whenever the contact with the member (it follows a discharge from the hospital: yes, or not said) was recorded, the "
	 "first of these that follows it, if one is known, comes within 9 days: the release; or the planning of a discharge, "
	 "on "
	 "its planned day",
	 "the contact with the member (it follows a discharge from the hospital: yes, or not said) was recorded at least once "
	 "earlier than 9 days before the first of these that follows it: the release; or the planning of a discharge, on its "
	 "planned day"},
	{"lhcc-pss", "{\"most\":{\"in\":\"/lines\",\"where\":{\"place\":[\"@off_site\"]},\"weigh\":\"units\"}}",
	 "more than half of the lines, counted by the number of units, fit this: the place: off-site, where the member lives, "
	 "where the member works, where the member goes to school or where the member meets others",
	 "no more than half of the lines, counted by the number of units, fit this: the place: off-site, where the member "
	 "lives, where the member works, where the member goes to school or where the member meets others"},
	{"trillium-isa",
	 "{\"document\":{\"types\":[\"service_plan\"],\"within\":{\"days\":14},\"dated\":\"completed\",\"covers\":{\"days\":14,"
	 "\"or_since\":\"admission\"}}}",
	 "there is a service plan, completed at most 14 days before receipt or an earlier first day, that covers 14 days or "
	 "all since the admission",
	 "there is no service plan, completed at most 14 days before receipt or an earlier first day, that covers 14 days or "
	 "all since the admission"},
	{"trillium-isa",
	 "{\"sections\":{\"of\":[\"service_plan\"],\"need\":[\"level_of_care\",\"presentation\"],\"as_of_within\":{\"days\":7}}"
	 "}",
	 "a service plan has \"Level of care to be given\" and \"Behavior and present symptoms\", as of at most 7 days before "
	 "receipt",
	 "at least one of these stands in no service plan: \"Level of care to be given\" and \"Behavior and present "
	 "symptoms\", as of at most 7 days before receipt"},
	{"trillium-isa", "{\"sections\":{\"of\":[\"concurrent_summary\"],\"need\":[\"progress\"],\"within\":{\"hours\":72}}}",
	 "a summary for the concurrent review has \"Areas of progress\" (of several only those count whose covered time ends at most 72 "
	 "hours before receipt or an earlier first day, where there is such a one)",
	 "no summary for the concurrent review has \"Areas of progress\" (of several only those count whose covered time ends at most 72 "
	 "hours before receipt or an earlier first day, where there is such a one)"},
	{"trillium-isa", "{\"section_is\":{\"of\":[\"service_plan\"],\"section\":\"level_of_care\",\"other\":\"/service\"}}",
	 "in a service plan, \"Level of care to be given\" is the same as the service",
	 "in a service plan, \"Level of care to be given\" is not the same as the service"},
	{"trillium-isa", "{\"signed\":{\"of\":[\"safety_plan\"],\"roles\":[\"program_staff\"],\"qualified\":true}}",
	 "a safety plan is signed by program staff, qualified for it",
	 "no safety plan is signed by program staff, qualified for it"},
	{"trillium-isa", "{\"took_part\":{\"of\":[\"safety_plan\"],\"roles\":[\"individual\",[\"cassp\",\"county\"]]}}",
	 "the child or youth and cassp or county took part in a safety plan, or it says why not",
	 "at least one of these took no part in a safety plan, and it does not say why: the child or youth and cassp or "
	 "county"},
	{"trillium-isa", "{\"refers\":{\"at\":\"/retrospective/unaware/record\",\"types\":[\"service_plan\"]}}",
	 "the document that shows why the member did not give the recipient number names a paper of the request: a service "
	 "plan",
	 "the document that shows why the member did not give the recipient number names no paper of the request: a service "
	 "plan"},
	{"trillium-isa", "{\"age_below\":{\"years\":18,\"on\":[\"first_day\",\"receipt\"]}}",
	 "the member is under 18 years old on the first day of service and on the day of receipt",
	 "the member is at least 18 years old on at least one of these days: the first day of service or the day of receipt"},
	{"trillium-isa", "{\"age_at_least\":{\"years\":18,\"on\":[\"arrival\"]}}",
	 "the member is at least 18 years old on the day on which the newest papers arrived",
	 "the member is under 18 years old on the day on which the newest papers arrived"},
	{"tufts-tm", "{\"aged_at\":{\"at\":\"/facts/plan_started_on\",\"years\":19,\"below\":true}}",
	 "the member is under 19 years old on the day on which the plan began",
	 "the member is at least 19 years old on the day on which the plan began"},
	{"trillium-isa", "{\"service_dates\":{}}", "every line has its first and its last day, in order",
	 "at least one line lacks its first or its last day, or has them out of order"},
	{"tufts-tm",
	 "{\"days\":{\"every\":\"spanned\",\"spans\":{\"in\":\"/facts/"
	 "consents\",\"from\":\"given_on\",\"before\":[\"withdrawn_on\"],\"where\":{\"by\":[\"youth\"]}},\"except\":[\"after_"
	 "birthday\"],\"years\":18,\"absent\":\"met\"}}",
	 "all requested days lie within the time of one of the consents (\"Who consents\": the youth), from its \"day on which "
	 "it was given\" up to the day before its \"day on which it was withdrawn\", where that is given, leaving out those "
	 "that lie on or after the day on which the member turns 18, or no requested day is known",
	 "not all requested days lie within the time of one of the consents (\"Who consents\": the youth), from its \"day on "
	 "which it was given\" up to the day before its \"day on which it was withdrawn\", where that is given, leaving out "
	 "those that lie on or after the day on which the member turns 18"},
	{"trillium-isa", "{\"whole\":{\"at\":\"/lines/*/units\"}}",
	 "the number of units of each of the lines is a whole number",
	 "the number of units of at least one of the lines is not a whole number"},
	{"tufts-tm", "{\"hours_cover_units\":{\"hours_per_week\":\"/facts/hours_per_week\"}}",
	 "the units of all lines come to no more hours than this for every week that the requested days touch: the hours of a "
	 "week that the plan asks for",
	 "the units of all lines come to more hours than this for every week that the requested days touch: the hours of a "
	 "week that the plan asks for"},
	{"trillium-isa", "{\"within\":{\"at\":\"/admission/admitted_on\",\"days\":60}}",
	 "the day of admission lies at most 60 days before receipt",
	 "the day of admission lies more than 60 days before receipt"},
	{"trillium-isa", "{\"not_after\":{\"first\":\"first_day\",\"then\":\"/prior_authorization/to\",\"plus\":{\"days\":1}}}",
	 "the first day of service lies no more than 1 day after the last day of the earlier authorization",
	 "the first day of service lies more than 1 day after the last day of the earlier authorization"},
	{"trillium-isa", "{\"not_older\":{\"of\":[\"safety_plan\"],\"than\":[\"service_plan\"]}}",
	 "the newest safety plan is not older than the newest service plan",
	 "the newest safety plan is older than the newest service plan"},
	{"trillium-isa",
	 "{\"in_order\":{\"pairs\":[[\"/member/birth_date\",\"receipt\"],[\"/service_period/start\",\"/service_period/"
	 "end\"]]}}",
	 "the day of receipt does not lie before the member's birth date and the last day of service does not lie before the "
	 "first day of service",
	 "the day of receipt lies before the member's birth date or the last day of service lies before the first day of "
	 "service"},
	{"trillium-isa", "{\"received\":{\"from\":\"2026-01-01\",\"to\":null}}", "the request is received from 2026-01-01 on",
	 "the request is not received from 2026-01-01 on"},
	{"trillium-isa", "{\"day_between\":{\"day\":\"first_day\",\"from\":\"2021-01-01\",\"to\":\"2021-12-31\"}}",
	 "the first day of service lies from 2021-01-01 to 2021-12-31",
	 "the first day of service does not lie from 2021-01-01 to 2021-12-31"},
	{"trillium-isa", "{\"admitted\":{\"by\":{\"event\":\"con_completed\"}}}",
	 "the member was admitted by the moment at which this was recorded: what the gate trillium.prts.con-gate waits for "
	 "(\"An independent reviewer approved by OHA completes the certification of need before placement and before any "
	 "decision.\")",
	 "the member was not admitted by the moment at which this was recorded: what the gate trillium.prts.con-gate waits for "
	 "(\"An independent reviewer approved by OHA completes the certification of need before placement and before any "
	 "decision.\")"},
	{"trillium-isa", "{\"discharged\":{\"by\":\"receipt\"}}", "the member was discharged by the day of receipt",
	 "the member was not discharged by the day of receipt"},
	{"trillium-isa",
	 "{\"table\":{\"name\":\"arq\",\"match\":{\"code\":\"/lines/*/"
	 "code\"},\"expect\":{\"required\":false},\"of\":\"every\",\"no_row\":\"not_met\"}}",
	 "the plan's table \"arq\" says \"required: no\" for every entry that is asked about (found by the billing code)",
	 "the plan's table \"arq\" does not say \"required: no\" for every entry that is asked about (found by the billing "
	 "code), or has no row"},
	{"trillium-isa", "{\"event\":{\"name\":\"no_gate\"}}", "\"no gate\" was recorded", "\"no gate\" was not recorded"},
	{"trillium-isa", "{\"verified\":{\"fact\":\"line_of_business\"}}",
	 "what the request says of \"line of business\" is verified by a table of the plan or by staff",
	 "what the request says of \"line of business\" is not verified by a table of the plan or by staff"},
	{"trillium-isa", "{\"contradicted\":{\"fact\":\"participation\"}}",
	 "what the request says of \"participation\" is contradicted by a table of the plan",
	 "what the request says of \"participation\" is not contradicted by a table of the plan"},
};

enum { SAMPLES = sizeof(samples) / sizeof(samples[0]) };

static const struct policy *policy_named(const struct policy_set *set, const char *id)
{
	for (size_t i = 0; i < policy_set_count(set); i++) {
		if (strcmp(policy_set_at(set, i)->id, id) == 0) {
			return policy_set_at(set, i);
		}
	}
	ck_abort_msg("there is no policy %s", id);
	return NULL;
}

START_TEST(words_of_each_kind)
{
	struct arena *arena = arena_create();
	struct policy_set *set = fixture_set(arena, "policies");
	for (size_t i = 0; i < SAMPLES; i++) {
		const struct sayer sayer = {.arena = arena, .policy = policy_named(set, samples[i].policy)};
		const struct json *check = fixture_json(arena, samples[i].check);
		const struct json *not = fixture_json(arena, arena_printf(arena, "{\"not\":%s}", samples[i].check));
		ck_assert_str_eq(say_check(&sayer, check), samples[i].holds);
		ck_assert_str_eq(say_check(&sayer, not ), samples[i].fails);
	}
	policy_set_destroy(set);
	arena_destroy(arena);
}
END_TEST

START_TEST(every_kind_has_a_sample)
{
	struct arena *arena = arena_create();
	for (const struct check_kind *kind = check_kinds; kind->name; kind++) {
		bool found = false;
		for (size_t i = 0; i < SAMPLES && !found; i++) {
			found = strcmp(json_name(json_first(fixture_json(arena, samples[i].check))), kind->name) == 0;
		}
		ck_assert_msg(found, "no sample shows the words of the check \"%s\"", kind->name);
	}
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("words");
	TCase *tests = tcase_create("words");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, every_item, 0, sizeof(roots) / sizeof(roots[0]));
	tcase_add_loop_test(tests, every_label, 0, sizeof(roots) / sizeof(roots[0]));
	tcase_add_test(tests, who_is_told_and_who_may_act);
	tcase_add_test(tests, words_of_each_kind);
	tcase_add_test(tests, every_kind_has_a_sample);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
