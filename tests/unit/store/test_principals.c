/* SPDX-License-Identifier: Apache-2.0 */
/* The life of principals: listed, expired, revoked; and that nothing else of them can change. */
#include "fixture.h"

#include "store/txn.h"

#include <check.h>
#include <string.h>

static struct fixture fx;

static void setup(void)
{
	fixture_prepare(&fx);
	fixture_open(&fx);
}

static void teardown(void)
{
	fixture_finish(&fx);
}

static bool run_insert_principal(struct task *task, struct store_txn *txn, struct err *err)
{
	const struct principal_record *record = task->context;
	const struct digest token = digest_of(record->principal.id, strlen(record->principal.id));

	return principal_insert(txn, record, &token, err);
}

/* A principal whose token is its id. */
static void make(const char *id, struct instant created, struct instant expires)
{
	struct principal_record record = {
		.principal = {.id = id, .role = ROLE_INTAKE, .payers = {"trillium", "tufts"}, .payer_count = 2},
		.created_at = created,
		.expires_at = expires,
	};
	struct task task;

	task_init(&task, run_insert_principal);
	task.context = &record;
	ck_assert_msg(task_do(&fx, &task), "%s", task.err.detail);
}

static bool known(const char *token)
{
	const struct digest digest = digest_of(token, strlen(token));
	const struct principal *principal = NULL;

	ck_assert_msg(principal_read(fx.reader, &digest, fx.arena, &principal, &fx.err), "%s", fx.err.detail);
	return principal != NULL;
}

struct ending {
	const char *id;
	struct instant at;
};

static bool run_revoke(struct task *task, struct store_txn *txn, struct err *err)
{
	const struct ending *ending = task->context;

	return principal_revoke(txn, ending->id, ending->at, err);
}

static bool end_one(const char *id, int64_t at, struct err *ret_err)
{
	struct ending ending = {id, {at}};
	struct task task;

	task_init(&task, run_revoke);
	task.context = &ending;
	const bool good = task_do(&fx, &task);
	*ret_err = task.err;
	return good;
}

START_TEST(an_expired_token_is_nobody_s)
{
	const struct instant now = instant_now();

	make("prn_over", now, instant_add(now, span_seconds(-1)));
	make("prn_valid", now, instant_add(now, span_hours(1)));
	make("prn_endless", now, (struct instant){0});
	ck_assert(!known("prn_over"));
	ck_assert(known("prn_valid"));
	ck_assert(known("prn_endless"));
}
END_TEST

START_TEST(the_list_has_everybody_in_order)
{
	const struct principal_record *records = NULL;
	size_t count = 7;

	ck_assert(principals_read(fx.reader, fx.arena, &records, &count, &fx.err));
	ck_assert_uint_eq(count, 0);
	make("prn_2", (struct instant){20}, (struct instant){0});
	make("prn_1", (struct instant){10}, (struct instant){99});
	ck_assert(end_one("prn_2", 30, &fx.err));
	ck_assert(principals_read(fx.reader, fx.arena, &records, &count, &fx.err));
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(records[0].principal.id, "prn_1");
	ck_assert_str_eq(records[1].principal.id, "prn_2");
	ck_assert_str_eq(records[1].principal.payers[1], "tufts");
	ck_assert_int_eq(records[0].created_at.us, 10);
	ck_assert_int_eq(records[0].expires_at.us, 99);
	ck_assert_int_eq(records[0].revoked_at.us, 0);
	ck_assert_int_eq(records[1].expires_at.us, 0);
	ck_assert_int_eq(records[1].revoked_at.us, 30);
}
END_TEST

START_TEST(a_revocation_is_for_good)
{
	struct err err;

	make("prn_1", instant_now(), (struct instant){0});
	make("prn_2", instant_now(), (struct instant){0});
	ck_assert(end_one("prn_1", 40, &err));
	ck_assert(!known("prn_1"));
	ck_assert(known("prn_2"));
	ck_assert_msg(end_one("prn_1", 50, &err), "once more is no error");
	ck_assert_int_eq(raw_number(&fx, "SELECT revoked_at FROM principal WHERE id = 'prn_1'"), 40);
	ck_assert(!end_one("prn_3", 50, &err));
	ck_assert_int_eq(err.code, ERR_NOT_FOUND);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(revoked_at) FROM principal"), 1);
}
END_TEST

/* What the writer's connection refuses, whatever statement somebody adds. */
START_TEST(nothing_else_of_a_principal_changes)
{
	static const char *const forbidden[] = {
		"UPDATE principal SET role = 'physician'", "UPDATE principal SET payers = 'all'", "UPDATE principal SET expires_at = NULL",
		"UPDATE principal SET token_digest = zeroblob(32)", "DELETE FROM principal",
	};
	struct db db;
	struct err err;

	make("prn_1", (struct instant){10}, (struct instant){99});
	fixture_close(&fx);
	ck_assert_msg(db_open_writer(&db, fx.path, 1024, &err), "%s", err.detail);
	ck_assert_msg(db_prepare(&db, FOR_WRITER, &err), "%s", err.detail);
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++) {
		ck_assert_msg(!db_execute(&db, forbidden[i], &err), "%s", forbidden[i]);
	}
	ck_assert_msg(db_execute(&db, "UPDATE principal SET revoked_at = 5", &err), "the control: %s", err.detail);
	db_close(&db);
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("principals");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_expired_token_is_nobody_s);
	tcase_add_test(tcase, the_list_has_everybody_in_order);
	tcase_add_test(tcase, a_revocation_is_for_good);
	tcase_add_test(tcase, nothing_else_of_a_principal_changes);
	return fixture_main(tcase);
}
