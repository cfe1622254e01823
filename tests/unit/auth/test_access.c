/* SPDX-License-Identifier: Apache-2.0 */
#include "auth/access.h"

#include "base/label.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* The columns of the matrix below. */
static const char *const role_columns[] = {
	"provider", "intake", "reviewer", "physician", "con_reviewer", "appeals", "auditor", "policy_author", "admin",
};
_Static_assert(sizeof(role_columns) / sizeof(role_columns[0]) == ROLE_COUNT, "every role has a column");

/* Written out by hand, beside the table that is tested: y may, n may not. */
/* clang-format off */
static const struct {
	const char *action;
	const char *cells;
	bool health;
} matrix[] = {
	/*                       p i r p c a a p a */
	{"public",             "y y y y y y y y y", false},
	{"read_policy",        "y y y y y y y y y", false},
	{"submit",             "y y n n n n n n n", true},
	{"check",              "y y y y y y n y n", true},
	{"read_request",       "y y y y y y y n n", true},
	{"list_requests",      "y y y y y y y n n", true},
	{"search_requests",    "y y y y y y y n n", true},
	{"supply_information", "y y n n n n n n n", true},
	{"log_outreach",       "n y y n n n n n n", true},
	{"return",             "n y n n n n n n n", true},
	{"withdraw",           "y y n n n n n n n", true},
	{"record_plan_facts",  "n y n n n n n n n", true},
	{"ask_information",    "n n y y n n n n n", true},
	{"record_certificate_of_need", "n y n n y n n n n", true},
	{"record_finding",     "n n y y n n n n n", true},
	{"read_review",        "n y y y y y y n n", true},
	{"determine",          "n n y y n n n n n", true},
	{"record_notice",      "n y y y n y n n n", true},
	{"record_placement",   "n y y n n n n n n", true},
	{"appeal",             "y y n n n y n n n", true},
	{"read_appeal",        "y y y y y y y n n", true},
	{"decide_appeal",      "n n y y n y n n n", true},
	{"close",              "n y n n n n n n n", true},
	{"record_care",        "y y n n n n n n n", true},
	{"read_care",          "y y y y y y y n n", true},
	{"record_occurrences", "y y y n n n n n n", true},
	{"waive_obligation",   "n y y n n n n n n", true},
	{"attest",             "y y y n n n n n n", true},
	{"read_decisions",     "y y y y y y y n n", true},
	{"read_events",        "y y y y y y y n n", true},
	{"read_metrics",       "n n n n n n y n y", false},
	{"move_clock",         "y y y y y y y y y", false},
};
/* clang-format on */
_Static_assert(sizeof(matrix) / sizeof(matrix[0]) == ACTION_COUNT, "every action has a row");

static const bool touches_health[] = {
#define X(code, name, health) [code] = (health),
	ACTIONS(X)
#undef X
};

START_TEST(every_cell)
{
	const enum action action = (enum action)_i;

	ck_assert_str_eq(action_name(action), matrix[_i].action);
	ck_assert_msg(touches_health[action] == matrix[_i].health, "%s", matrix[_i].action);
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		enum role role = ROLE_ADMIN;
		ck_assert(role_from_name(role_columns[i], &role));
		ck_assert_msg(access_allows(role, action) == (matrix[_i].cells[i * 2] == 'y'), "%s: %s", role_columns[i],
			      matrix[_i].action);
	}
}
END_TEST

/* The administrator sees no health information whatever the table says of the action. */
START_TEST(administrators_see_no_health_information)
{
	for (int i = 0; i < ACTION_COUNT; i++) {
		const enum action action = (enum action)i;
		ck_assert_msg(!touches_health[action] || !access_allows(ROLE_ADMIN, action), "%s", action_name(action));
	}
}
END_TEST

START_TEST(what_is_no_role_or_action_is_denied)
{
	ck_assert(!access_allows(ROLE_COUNT, ACTION_PUBLIC));
	ck_assert(!access_allows((enum role)31, ACTION_PUBLIC));
	ck_assert(!access_allows(ROLE_AUDITOR, ACTION_COUNT));
	ck_assert(!access_allows(ROLE_AUDITOR, (enum action)1000));
}
END_TEST

START_TEST(role_names)
{
	enum role role = ROLE_ADMIN;

	for (int i = 0; i < ROLE_COUNT; i++) {
		ck_assert_str_eq(role_name((enum role)i), role_columns[i]);
		ck_assert(role_from_name(role_columns[i], &role));
		ck_assert_int_eq((int)role, i);
	}
	ck_assert(!role_from_name("root", &role));
	ck_assert(!role_from_name("Provider", &role));
	ck_assert(!role_from_name("", &role));
	ck_assert(!role_from_name(NULL, &role));
}
END_TEST

struct ownership_row {
	const char *organization;
	const char *payers[3];
	const char *record_organization;
	const char *record_payer;
	const char *cells; /* one for each role, as in the matrix */
};

/* clang-format off */
static const struct ownership_row owned[] = {
	/*                                                              p i r p c a a p a */
	{"org_1", {"trillium"},          "org_1", "trillium",          "y y y y y y y n n"},
	{"org_1", {"trillium"},          "org_1", "tufts",             "y n n n n n n n n"},
	{"org_1", {"trillium"},          "org_2", "trillium",          "n y y y y y y n n"},
	{"org_1", {"tufts", "trillium"}, "org_2", "trillium",          "n y y y y y y n n"},
	{"org_1", {"trillium"},          "org_2", "tufts",             "n n n n n n n n n"},
	{"org_1", {"trillium"},          "ORG_1", "Trillium",          "n n n n n n n n n"},
	{"org_1", {"trillium"},          "org_11", "trillium2",        "n n n n n n n n n"},
	{"org_1", {"trillium"},          NULL,    NULL,                "n n n n n n n n n"},
	{NULL,    {NULL},                "org_1", "trillium",          "n n n n n n n n n"},
	{NULL,    {NULL},                NULL,    NULL,                "n n n n n n n n n"},
	{NULL,    {"trillium"},          NULL,    "trillium",          "n y y y y y y n n"},
};
/* clang-format on */

START_TEST(whose_business_a_record_is)
{
	const struct ownership_row *const row = &owned[_i];
	const struct ownership record = {row->record_organization, row->record_payer, 0};
	size_t payers = 0;

	while (payers < 3 && row->payers[payers] != NULL) {
		payers++;
	}
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		struct principal principal = {.id = "prn_1", .organization = row->organization, .payer_count = payers};
		ck_assert(role_from_name(role_columns[i], &principal.role));
		for (size_t p = 0; p < payers; p++) {
			principal.payers[p] = row->payers[p];
		}
		ck_assert_msg(access_owns(&principal, &record) == (row->cells[i * 2] == 'y'), "row %d: %s", _i,
			      role_columns[i]);
	}
}
END_TEST

START_TEST(payers_beyond_the_count_or_the_table_do_not_count)
{
	const struct ownership record = {"org_1", "trillium", 0};
	struct principal principal = {.role = ROLE_INTAKE, .payers = {"tufts", "trillium"}, .payer_count = 1};

	ck_assert(!access_owns(&principal, &record));
	principal.payer_count = 2;
	ck_assert(access_owns(&principal, &record));
	principal.payers[1] = NULL;
	principal.payer_count = 1000;
	ck_assert(!access_owns(&principal, &record));
	principal.role = ROLE_COUNT;
	ck_assert(!access_owns(&principal, &record));
}
END_TEST

/* Of a labelled record: its organization always, staff who are entitled to each of its labels, and nobody else. */
START_TEST(labelled_records_are_for_who_is_entitled)
{
	static const struct {
		unsigned sensitivity;
		unsigned entitled;
		bool staff;
	} rows[] = {
		{0, 0, true},
		{LABEL_SUBSTANCE_USE, 0, false},
		{LABEL_SUBSTANCE_USE, LABEL_SUBSTANCE_USE, true},
		{LABEL_SUBSTANCE_USE | 1U << 5, LABEL_SUBSTANCE_USE, false}, /* a label that this program does not know */
		{1U << 15, LABEL_SUBSTANCE_USE, false},
		{0, LABEL_SUBSTANCE_USE, true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct ownership record = {"org_1", "trillium", rows[i].sensitivity};
		for (size_t role = 0; role < ROLE_COUNT; role++) {
			const bool provider = role == ROLE_PROVIDER;
			const bool health = role != ROLE_ADMIN && role != ROLE_POLICY_AUTHOR;
			struct principal principal = {.role = (enum role)role, .entitled = rows[i].entitled};
			principal.organization = provider ? "org_1" : NULL;
			principal.payers[0] = "trillium";
			principal.payer_count = provider ? 0 : 1;
			ck_assert_msg(access_owns(&principal, &record) == (provider || (health && rows[i].staff)), "row %zu: %s", i,
				      role_columns[role]);
			principal.organization = provider ? "org_2" : NULL;
			ck_assert(!provider || !access_owns(&principal, &record));
		}
	}
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("access");
	TCase *const tcase = tcase_create("access");

	tcase_add_loop_test(tcase, every_cell, 0, ACTION_COUNT);
	tcase_add_test(tcase, administrators_see_no_health_information);
	tcase_add_test(tcase, what_is_no_role_or_action_is_denied);
	tcase_add_test(tcase, role_names);
	tcase_add_loop_test(tcase, whose_business_a_record_is, 0, sizeof(owned) / sizeof(owned[0]));
	tcase_add_test(tcase, payers_beyond_the_count_or_the_table_do_not_count);
	tcase_add_test(tcase, labelled_records_are_for_who_is_entitled);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
