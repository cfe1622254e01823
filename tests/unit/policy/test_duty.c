/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Duties beyond what cases can say: keys, what fulfilled them, the next one, bounds; every fault of an obligation at its own spot; and
 * random histories, of which the answer is whole and always the same. Days, order and what follows are tried by test_duty_*.c.
 */
#include "policy/duty.h"

#include "../run_suite.h"
#include "base/text.h"
#include "care.h"
#include "policy/occurrence.h"

#include <check.h>
#include <string.h>

#define ROOM "care-sketch/1/"

struct row {
	struct library_change change;
	const char *spot;
	const char *code;
};

#define P ROOM "policy.json"
#define D ROOM "duties.json"
#define K ROOM "marks.json"
#define G ROOM "days.json"
#define MEMBERS "/facts/occurrences/items/properties"

static const struct row rows[] = {
	/* what happens */
	{{P, "/occurrences", NULL}, P "#/occurrences", "missing_member"},
	{{P, "/facts/occurrences", NULL}, P "#/facts/occurrences", "missing_member"},
	{{P, "/occurrences/visit", "{\"title\":\"the visit\"}"}, P "#/occurrences", "wrong_kinds"},
	{{P, "/occurrences/referral", NULL}, P "#/occurrences", "wrong_kinds"},
	{{P, "/occurrences/referral/by", "[\"neighbor\"]"}, P "#/occurrences/referral/by/0", "unknown_word"},
	{{P, MEMBERS "/retracts", NULL}, P "#/facts/occurrences/retracts", "missing_member"},
	{{P, MEMBERS "/on/format", "\"date-time\""}, P "#/facts/occurrences/on", "missing_member"},
	{{P, MEMBERS "/expires_on", NULL}, P "#/facts/occurrences/expires_on", "missing_member"},
	/* obligations */
	{{D, "/items/0/starts", NULL}, D "#/items/0/starts", "missing_member"},
	{{D, "/items/0/fulfilled_by", NULL}, D "#/items/0/fulfilled_by", "missing_member"},
	{{D, "/items/0/starts/occurrence", "\"referral\""}, D "#/items/0/starts/occurrence", "wrong_type"},
	{{D, "/items/0/starts/occurrence/0", "\"referal\""}, D "#/items/0/starts/occurrence", "unknown_word"},
	{{D, "/items/0/starts/same", "[\"number\"]"}, D "#/items/0/starts/same", "unknown_member"},
	{{D, "/items/0/fulfilled_by/which", "\"latest\""}, D "#/items/0/fulfilled_by/which", "unknown_member"},
	{{D, "/items/0/fulfilled_by/same", "[\"on\"]"}, D "#/items/0/fulfilled_by/same/0", "wrong_place"},
	{{D, "/items/0/starts/day", "\"number\""}, D "#/items/0/starts/day", "wrong_place"},
	{{D, "/items/0/starts/day", "\"someday\""}, D "#/items/0/starts/day", "dangling_pointer"},
	{{D, "/items/0/starts/where", "{\"colour\":true}"}, D "#/items/0/starts/where/colour", "dangling_pointer"},
	{{D, "/items/0/until", "{\"at\":\"/facts/consent\"}"}, D "#/items/0/until/at", "unknown_member"},
	{{D, "/items/0/within", "{\"years\":1}"}, D "#/items/0/within/years", "unknown_member"},
	{{D, "/items/0/for/0", "\"WALK/initial\""}, D "#/items/0/for/0", "wrong_review"},
	{{D, "/items/0/for/0", "\"WALK/standing\""}, D "#/items/0/for/0", "wrong_review"},
	{{D, "/items/11/for/0", "\"WALK/care\""}, D "#/items/11/for/0", "wrong_review"},
	{{D, "/items/0/check", "{\"service_dates\":{}}"}, D "#/items/0/check", "wrong_kind"},
	{{D, "/items/0/periods", "true"}, D "#/items/0/every", "wrong_kind"},
	{{D, "/items/0/periods", "\"months\""}, D "#/items/0/periods", "unknown_word"},
	{{D, "/items/2/every", "{\"hours\":24}"}, D "#/items/2/every/hours", "unknown_member"},
	{{D, "/items/2/text", "\"Written again every {amount}.\""}, D "#/items/2/text", "empty_placeholder"},
	{{D, "/items/3/every", "{\"calendar_days\":7}"}, D "#/items/3/periods", "wrong_kind"},
	{{D, "/items/3/within", "{\"calendar_days\":7}"}, D "#/items/3/periods", "wrong_kind"},
	{{D, "/items/5/every", "{\"calendar_days\":7}"}, D "#/items/5/fulfilled_by", "wrong_kind"},
	{{D, "/items/7/each", "true"}, D "#/items/7/each", "wrong_kind"},
	{{D, "/items/7/within", NULL}, D "#/items/7/ahead", "wrong_kind"},
	{{D, "/items/9/every", "{\"calendar_days\":7}"}, D "#/items/9/within", "wrong_kind"},
	{{D, "/items/11/starts", "{\"occurrence\":[\"referral\"]}"}, D "#/items/11/starts", "wrong_kind"},
	{{D, "/items/11/attest", "\"yes\""}, D "#/items/11/attest", "wrong_type"},
	{{G, "/items/2/each", "true"}, G "#/items/2/each", "wrong_kind"},
	/* limits up to a day */
	{{G, "/items/0/days", "30"}, G "#/items/0", "missing_member"},
	{{G, "/items/0/until", "{}"}, G "#/items/0/until", "too_small"},
	{{G, "/items/0/until/at", "\"/facts/next_look_on\""}, G "#/items/0/until", "missing_member"},
	{{G, "/items/1/until/at", "\"/facts/consent\""}, G "#/items/1/until/at", "wrong_place"},
	{{G, "/items/1/until/at", "\"/lines/*/end\""}, G "#/items/1/until/at", "wrong_place"},
	{{G, "/items/1/until", "{\"occurrence\":[\"discharge\"]}"}, G "#/items/1/until/occurrence", "unknown_member"},
	/* the check */
	{{K, "/items/0/check/occurrences/at_least", "1"}, K "#/items/0/check/occurrences", "missing_member"},
	{{K, "/items/0/check/occurrences/at_most", NULL}, K "#/items/0/check/occurrences", "missing_member"},
	{{K, "/items/0/check/occurrences/during/after", "{\"weeks\":1}"}, K "#/items/0/check/occurrences/during/after/weeks", "unknown_member"},
	{{K, "/items/2/check/occurrences/during/from", NULL}, K "#/items/2/check/occurrences/during", "missing_member"},
	{{K, "/items/0/check/occurrences/during", "{}"}, K "#/items/0/check/occurrences/during", "missing_member"},
	{{K, "/items/0/check", "{\"each_has\":{\"in\":\"/facts/occurrences\",\"where\":{}}}"}, K "#/items/0/check/each_has/in", "wrong_check"},
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

START_TEST(faults_have_a_spot)
{
	const struct row *row = &rows[_i];
	struct library library;
	library_init(&library);
	care_write(&library, &row->change);
	struct policy_set *set = library_load(&library);
	ck_assert_msg(set == NULL, "%s%s loads", row->change.file, row->change.pointer);
	bool found = false;
	for (size_t i = 0; i < library.issues.count; i++) {
		const struct issue *issue = &library.issues.items[i];
		found = found || (strcmp(issue->pointer, row->spot) == 0 && strcmp(issue->code, row->code) == 0);
	}
	const struct issue *first = library.issues.count > 0 ? &library.issues.items[0] : NULL;
	ck_assert_msg(found, "%s %s is not said; first is %s %s: %s", row->spot, row->code, first ? first->pointer : "nothing",
	              first ? first->code : "", first ? first->detail : "");
	library_finish(&library);
}
END_TEST

/* ---- what is owed ---- */

START_TEST(duties_say_what_became_of_them)
{
	struct care care;
	care_init(&care, "care");
	struct arena *arena = arena_create();
	const char *list = "{\"kind\":\"first_service\",\"on\":\"2026-01-05\"},{\"id\":\"x\",\"kind\":\"action_plan\",\"on\":\"2026-02-04\"},"
	                   "{\"kind\":\"action_plan\",\"at\":\"2026-05-07T10:00:00-04:00\"}";
	struct evaluation evaluation = care_judge(&care, arena, list, "2026-08-10T09:00:00-04:00", NULL, 0);
	char day[CIVIL_TEXT_SIZE];
	const struct care_duty *plan = duties_find(&evaluation, "walk.plan", NULL, 1);
	ck_assert(plan != NULL && plan->state == DUTY_FULFILLED && plan->late_by_days == 0 && plan->has_due && !plan->in_hours);
	ck_assert_str_eq(plan->key, "o1");
	ck_assert_str_eq(plan->began_with, "o1");
	ck_assert_str_eq(plan->fulfilled_by, "x");
	ck_assert_str_eq(civil_format(plan->started_on, day), "2026-01-05");
	ck_assert_str_eq(civil_format(plan->fulfilled_on, day), "2026-02-04");
	const struct care_duty *late = duties_find(&evaluation, "walk.plan-update", "x", 0);
	ck_assert(late != NULL && late->state == DUTY_LATE && late->number == 1 && late->late_by_days == 2);
	ck_assert_str_eq(late->fulfilled_by, "o3");
	const struct care_duty *overdue = duties_find(&evaluation, "walk.plan-update", "o3", 0);
	ck_assert(overdue != NULL && overdue->state == DUTY_OVERDUE && overdue->number == 2 && overdue->late_by_days == 5);
	ck_assert(!overdue->fulfilled && overdue->fulfilled_by == NULL);
	ck_assert_ptr_null(duties_find(&evaluation, "walk.plan-update", NULL, 3));
	ck_assert_ptr_null(duties_find(&evaluation, "walk.plan", "x", 1));
	ck_assert_ptr_null(duties_next(&evaluation));
	evaluation = care_judge(&care, arena, list, "2026-08-05T23:59:59-04:00", NULL, 0);
	ck_assert_str_eq(duties_next(&evaluation)->key, "o3");
	ck_assert_int_eq(evaluation.status, STATUS_RECORDED);
	ck_assert_int_eq(evaluation.waiting_on, WAITING_NOBODY);
	arena_destroy(arena);
	care_finish(&care);
}
END_TEST

START_TEST(waivers_stay_with_their_duty)
{
	struct care care;
	care_init(&care, "care");
	struct arena *arena = arena_create();
	const struct duty_waiver waivers[] = {{"walk.weekly", "o1.2"}, {"walk.outreach", "o1.3"}};
	const struct evaluation evaluation = care_judge(&care, arena, "{\"kind\":\"session\",\"on\":\"2026-03-02\",\"goal\":\"g\"}",
	                                           "2026-03-25T09:00:00-04:00", waivers, 2);
	ck_assert_uint_eq(evaluation.duty_count, 4);
	ck_assert_int_eq(evaluation.duties[0].state, DUTY_OVERDUE);
	ck_assert_int_eq(evaluation.duties[1].state, DUTY_WAIVED);
	ck_assert_ptr_eq(evaluation.duties[1].waiver, &waivers[0]);
	ck_assert_int_eq(evaluation.duties[2].state, DUTY_OVERDUE);
	ck_assert_str_eq(evaluation.duties[2].key, "o1.3");
	ck_assert_ptr_null(evaluation.duties[2].waiver);
	ck_assert_int_eq(evaluation.duties[3].state, DUTY_OPEN);
	arena_destroy(arena);
	care_finish(&care);
}
END_TEST

/* Years of missed weeks are many duties, not endless ones. */
START_TEST(duties_are_bounded)
{
	struct care care;
	care_init(&care, "care");
	struct arena *arena = arena_create();
	struct evaluation evaluation = care_judge(&care, arena, "{\"kind\":\"session\",\"on\":\"0900-01-01\",\"goal\":\"g\"}",
	                                           "2026-03-25T09:00:00-04:00", NULL, 0);
	ck_assert_uint_eq(evaluation.duty_count, 120);
	evaluation = care_judge(&care, arena,
	                   "{\"kind\":\"session\",\"on\":\"0900-01-01\",\"goal\":\"g\"},{\"kind\":\"contact\",\"on\":\"2026-03-24\",\"with\":\"hub\"}",
	                   "2026-03-25T09:00:00-04:00", NULL, 0);
	ck_assert_uint_eq(evaluation.duty_count, 2000);
	arena_destroy(arena);
	care_finish(&care);
}
END_TEST

START_TEST(kinds_say_who_and_when)
{
	struct care care;
	care_init(&care, "care");
	const struct occurrence_kinds *kinds = policy_occurrences(care.program->policy);
	ck_assert_ptr_nonnull(kinds);
	const struct occurrence_kind *notice = occurrence_kind_find(kinds, "notice");
	const struct occurrence_kind *asked = occurrence_kind_find(kinds, "asked");
	const struct occurrence_kind *contact = occurrence_kind_find(kinds, "contact");
	ck_assert(notice != NULL && asked != NULL && contact != NULL && kinds->attests);
	ck_assert(occurrence_kind_by(notice, "intake") && !occurrence_kind_by(notice, "provider"));
	ck_assert(occurrence_kind_by(contact, "provider") && occurrence_kind_by(contact, "reviewer") && !occurrence_kind_by(contact, "auditor"));
	ck_assert(asked->timed && !contact->timed);
	ck_assert_str_eq(contact->phrase, "the contact");
	ck_assert_str_eq(notice->phrase, "the notice to the county");
	ck_assert_ptr_null(occurrence_kind_find(kinds, "visit"));
	care_finish(&care);
}
END_TEST

/* ---- random histories ---- */

enum { ROUNDS = 300, LONGEST = 40 };

struct dice {
	uint64_t state;
};

static unsigned roll(struct dice *dice, unsigned sides)
{
	dice->state = dice->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(dice->state >> 33) % sides;
}

static const char *one_of(struct dice *dice, const char *const *words, unsigned count)
{
	return words[roll(dice, count)];
}

static void write_history(struct dice *dice, struct text *text, const struct occurrence_kinds *kinds)
{
	static const char *const partners[] = {"hub", "family", "supervisor"};
	static const char *const settings[] = {"inpatient", "residential"};
	static const char *const places[] = {"jail", "juvenile", "shelter"};
	const unsigned length = roll(dice, LONGEST);
	for (unsigned i = 0; i < length; i++) {
		text_printf(text, "%s{\"kind\":\"%s\"", i > 0 ? "," : "", kinds->kinds[roll(dice, (unsigned)kinds->count)].name);
		const unsigned month = 1 + roll(dice, 9);
		const unsigned day = 1 + roll(dice, 28);
		if (roll(dice, 8) > 0) {
			text_printf(text, roll(dice, 2) > 0 ? ",\"on\":\"2026-%02u-%02u\"" : ",\"at\":\"2026-%02u-%02uT23:30:00-04:00\"", month, day);
		}
		text_printf(text, ",\"with\":\"%s\",\"setting\":\"%s\",\"place\":\"%s\",\"number\":\"%u\",\"facility\":\"%u\"",
		            one_of(dice, partners, 3), one_of(dice, settings, 2), one_of(dice, places, 3), roll(dice, 3), roll(dice, 2));
		text_printf(text, ",\"planned_on\":\"2026-%02u-%02u\"", 1 + roll(dice, 12), day);
		if (i > 0 && roll(dice, 9) == 0) {
			text_printf(text, ",\"retracts\":\"o%u\",\"reason\":\"wrong\"", 1 + roll(dice, i));
		}
		text_puts(text, "}");
	}
}

/* Keys are unique and numbers count up within an item; a state says what is so. */
static void check_duties(const struct evaluation *evaluation, const char *history)
{
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		const struct care_duty *last = i > 0 && evaluation->duties[i - 1].item == duty->item ? &evaluation->duties[i - 1] : NULL;
		ck_assert_msg(duty->number == (last ? last->number + 1 : 1), "%s of [%s]", duty->item->id, history);
		ck_assert_msg(!last || civil_compare(last->started_on, duty->started_on) <= 0, "%s of [%s]", duty->item->id, history);
		for (size_t k = 0; k < i; k++) {
			const bool same = evaluation->duties[k].item == duty->item && strcmp(evaluation->duties[k].key, duty->key) == 0;
			ck_assert_msg(!same, "%s %s of [%s]", duty->item->id, duty->key, history);
		}
		const bool done = duty->state == DUTY_FULFILLED || duty->state == DUTY_LATE;
		ck_assert_msg(!done || (duty->fulfilled && duty->fulfilled_by), "%s of [%s]", duty->item->id, history);
		ck_assert_msg(duty->late_by_days >= 0 && (duty->late_by_days == 0 || duty->state == DUTY_LATE || duty->state == DUTY_OVERDUE),
		              "%s of [%s]", duty->item->id, history);
	}
}

static bool same_duties(const struct evaluation *a, const struct evaluation *b)
{
	bool same = a->duty_count == b->duty_count;
	for (size_t i = 0; same && i < a->duty_count; i++) {
		same = a->duties[i].state == b->duties[i].state && a->duties[i].number == b->duties[i].number &&
		       strcmp(a->duties[i].key, b->duties[i].key) == 0;
	}
	return same;
}

START_TEST(any_history_has_one_answer)
{
	struct care care;
	struct dice dice = {2026};
	care_init(&care, "care");
	const struct occurrence_kinds *kinds = policy_occurrences(care.program->policy);
	size_t owed = 0;
	for (int round = 0; round < ROUNDS; round++) {
		struct arena *arena = arena_create();
		struct text text;
		text_init(&text, arena, 4096);
		text_puts(&text, "");
		write_history(&dice, &text, kinds);
		const struct evaluation first = care_judge(&care, arena, text.data, "2026-06-15T09:00:00-04:00", NULL, 0);
		const struct evaluation again = care_judge(&care, arena, text.data, "2026-06-15T09:00:00-04:00", NULL, 0);
		check_duties(&first, text.data);
		ck_assert_msg(same_duties(&first, &again), "[%s]", text.data);
		owed += first.duty_count;
		arena_destroy(arena);
	}
	ck_assert_uint_gt(owed, ROUNDS);
	care_finish(&care);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("duty");
	TCase *tests = tcase_create("duty");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, faults_have_a_spot, 0, ROW_COUNT);
	tcase_add_test(tests, duties_say_what_became_of_them);
	tcase_add_test(tests, waivers_stay_with_their_duty);
	tcase_add_test(tests, duties_are_bounded);
	tcase_add_test(tests, kinds_say_who_and_when);
	tcase_add_test(tests, any_history_has_one_answer);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
