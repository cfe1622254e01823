/* SPDX-License-Identifier: Apache-2.0 */
#include "http/router.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static void endpoint(struct exchange *exchange)
{
	(void)exchange;
}

static const struct route table[] = {
	{"GET", "/healthz", ACTION_PUBLIC, "application/json", endpoint},
	{"POST", "/v1/requests", ACTION_SUBMIT, "application/json", endpoint},
	{"GET", "/v1/requests", ACTION_LIST_REQUESTS, "application/json", endpoint},
	{"POST", "/v1/requests/search", ACTION_SEARCH_REQUESTS, "application/json", endpoint},
	{"GET", "/v1/requests/{id}", ACTION_READ_REQUEST, "application/json", endpoint},
	{"GET", "/v1/policies/{id}/versions/{version}", ACTION_READ_POLICY, "application/json", endpoint},
};
enum { ROWS = sizeof(table) / sizeof(table[0]), NONE = ROWS };

static const struct {
	const char *method;
	const char *path;
	size_t index;
	enum err_code code;
	const char *allow;
} rows[] = {
	{"GET", "/healthz", 0, ERR_NONE, NULL},
	{"HEAD", "/healthz", 0, ERR_NONE, NULL},
	{"OPTIONS", "/healthz", NONE, ERR_NONE, "GET, HEAD, OPTIONS"},
	{"POST", "/healthz", NONE, ERR_METHOD, "GET, HEAD, OPTIONS"},
	{"get", "/healthz", NONE, ERR_METHOD, "GET, HEAD, OPTIONS"},
	{"GET", "/healthz/", NONE, ERR_NOT_FOUND, NULL},
	{"GET", "/Healthz", NONE, ERR_NOT_FOUND, NULL},
	{"GET", "/health", NONE, ERR_NOT_FOUND, NULL},
	{"GET", "/healthzz", NONE, ERR_NOT_FOUND, NULL},
	{"GET", "/", NONE, ERR_NOT_FOUND, NULL},
	{"OPTIONS", "/nowhere", NONE, ERR_NOT_FOUND, NULL},
	{"POST", "/v1/requests", 1, ERR_NONE, NULL},
	{"GET", "/v1/requests", 2, ERR_NONE, NULL},
	{"PUT", "/v1/requests", NONE, ERR_METHOD, "POST, GET, HEAD, OPTIONS"},
	{"POST", "/v1/requests/search", 3, ERR_NONE, NULL},
	{"GET", "/v1/requests/search", NONE, ERR_METHOD, "POST, OPTIONS"},
	{"GET", "/v1/requests/req_1", 4, ERR_NONE, NULL},
	{"GET", "/v1/requests/", NONE, ERR_NOT_FOUND, NULL},
	{"GET", "/v1/requests/req_1/", NONE, ERR_NOT_FOUND, NULL},
	{"GET", "/v1/requests/%FF", 4, ERR_BAD_REQUEST, NULL},
	{"GET", "/v1/policies/p/versions/2026-01", 5, ERR_NONE, NULL},
	{"GET", "/v1/policies//versions/2026-01", NONE, ERR_NOT_FOUND, NULL},
	{"GET", "/v1/policies/p/versions/", NONE, ERR_NOT_FOUND, NULL},
};

START_TEST(row)
{
	struct arena *arena = arena_create();
	struct route_match match;
	struct err err = {.code = ERR_NONE};
	const bool found = route_find(table, ROWS, rows[_i].method, rows[_i].path, arena, &match, &err);
	ck_assert_msg(found == (rows[_i].code == ERR_NONE), "%s %s", rows[_i].method, rows[_i].path);
	ck_assert_msg(err.code == rows[_i].code, "%s %s: %s", rows[_i].method, rows[_i].path, err.detail);
	ck_assert_msg(match.index == rows[_i].index, "%s %s: row %zu", rows[_i].method, rows[_i].path, match.index);
	if (rows[_i].allow != NULL) {
		ck_assert_str_eq(match.allow, rows[_i].allow);
	} else {
		ck_assert_ptr_null(match.allow);
	}
	ck_assert(match.options == (strcmp(rows[_i].method, "OPTIONS") == 0 && found));
	arena_destroy(arena);
}
END_TEST

START_TEST(params)
{
	struct arena *arena = arena_create();
	struct route_match match;
	struct err err;
	ck_assert(route_find(table, ROWS, "GET", "/v1/policies/a%20b+c/versions/%C3%A9", arena, &match, &err));
	ck_assert_uint_eq(match.param_count, 2);
	ck_assert_str_eq(match.params[0].value, "a b+c");
	ck_assert_str_eq(match.params[1].value, "\xc3\xa9");
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("router");
	TCase *tcase = tcase_create("router");
	tcase_add_loop_test(tcase, row, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tcase, params);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
