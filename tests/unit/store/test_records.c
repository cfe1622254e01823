/* SPDX-License-Identifier: Apache-2.0 */
/* Idempotency keys, principals and policy texts. */
#include "fixture.h"

#include "store/policy_text.h"

#include <check.h>
#include <unistd.h>
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

static struct task make_insert(int number, const struct idempotency_row *key)
{
	struct task task;

	task_init(&task, run_insert);
	task.row = fixture_row(fx.arena, number);
	task.event = fixture_event(fx.arena, &task.row, "received");
	task.key = key;
	return task;
}

START_TEST(the_same_key_and_body_is_a_replay)
{
	const struct idempotency_row key = {"prn_1", "k-1", digest_of("body", 4), {5}};
	enum idempotency_found found = IDEMPOTENCY_REPLAY;
	int64_t event = 0;

	ck_assert(idempotency_read(fx.reader, &key, &found, &event, &fx.err));
	ck_assert_int_eq(found, IDEMPOTENCY_NEW);
	struct task first = make_insert(1, &key);
	struct task again = make_insert(2, &key);
	ck_assert(task_do(&fx, &first));
	ck_assert(task_do(&fx, &again));
	ck_assert_int_eq(first.found, IDEMPOTENCY_NEW);
	ck_assert_int_eq(again.found, IDEMPOTENCY_REPLAY);
	ck_assert_int_eq(again.sequence, first.sequence);
	ck_assert_str_eq(again.request, first.row.id);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM request"), 1);
	ck_assert(idempotency_read(fx.reader, &key, &found, &event, &fx.err));
	ck_assert_int_eq(found, IDEMPOTENCY_REPLAY);
	ck_assert_int_eq(event, first.sequence);
}
END_TEST

START_TEST(the_same_key_with_another_body_is_a_conflict)
{
	const struct idempotency_row key = {"prn_1", "k-1", digest_of("body", 4), {5}};
	const struct idempotency_row other = {"prn_1", "k-1", digest_of("BODY", 4), {5}};
	enum idempotency_found found = IDEMPOTENCY_NEW;
	int64_t event = 0;

	struct task first = make_insert(1, &key);
	struct task second = make_insert(2, &other);
	ck_assert(task_do(&fx, &first));
	ck_assert(!task_do(&fx, &second));
	ck_assert_int_eq(second.err.code, ERR_KEY_REUSED);
	ck_assert(idempotency_read(fx.reader, &other, &found, &event, &fx.err));
	ck_assert_int_eq(found, IDEMPOTENCY_CONFLICT);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM request"), 1);
}
END_TEST

START_TEST(a_key_belongs_to_its_principal)
{
	const struct idempotency_row mine = {"prn_1", "k-1", digest_of("body", 4), {5}};
	const struct idempotency_row yours = {"prn_2", "k-1", digest_of("body", 4), {5}};
	struct task first = make_insert(1, &mine);
	struct task second = make_insert(2, &yours);

	ck_assert(task_do(&fx, &first));
	ck_assert(task_do(&fx, &second));
	ck_assert_int_eq(second.found, IDEMPOTENCY_NEW);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM request"), 2);
}
END_TEST

START_TEST(simultaneous_duplicates_make_one_request)
{
	static struct task tasks[40];
	const struct idempotency_row key = {"prn_1", "k-1", digest_of("body", 4), {5}};
	struct gate gate;
	int made = 0;

	gate_close(&fx, &gate);
	for (int i = 0; i < 40; i++) {
		tasks[i] = make_insert(i, &key);
		task_submit(&fx, &tasks[i]);
	}
	gate_open(&gate);
	for (int i = 0; i < 40; i++) {
		ck_assert(task_wait(&tasks[i]));
		made += tasks[i].found == IDEMPOTENCY_NEW ? 1 : 0;
		ck_assert_int_eq(tasks[i].sequence, 1);
	}
	ck_assert_int_eq(made, 1);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM request"), 1);
}
END_TEST

/* ---- principals ---- */

static bool run_principal(struct task *task, struct store_txn *txn, struct err *err)
{
	const struct digest token = digest_of("token", 5);

	const struct principal_record record = {.principal = *(const struct principal *)task->context, .created_at = {7}};

	return principal_insert(txn, &record, &token, err);
}

static const struct principal *find_principal(const char *token)
{
	const struct digest digest = digest_of(token, strlen(token));
	const struct principal *principal = NULL;

	ck_assert_msg(principal_read(fx.reader, &digest, fx.arena, &principal, &fx.err), "%s", fx.err.detail);
	return principal;
}

static bool ends_within_a_second(const char *token)
{
	for (int tenths = 0; tenths < 10; tenths++) {
		if (find_principal(token) == NULL) {
			return true;
		}
		usleep(100000);
	}
	return false;
}

START_TEST(a_principal_is_found_by_its_token)
{
	struct principal reviewer = {
		.id = "prn_9", .role = ROLE_REVIEWER, .payers = {"trillium", "tufts", "performcare"}, .payer_count = 3,
		.credential = "psychiatrist",
	};
	struct task task;
	task_init(&task, run_principal);
	task.context = &reviewer;
	ck_assert(task_do(&fx, &task));

	ck_assert_ptr_null(find_principal("another token"));
	const struct principal *found = find_principal("token");
	ck_assert_ptr_nonnull(found);
	ck_assert_str_eq(found->id, "prn_9");
	ck_assert_int_eq(found->role, ROLE_REVIEWER);
	ck_assert_ptr_null(found->organization);
	ck_assert_str_eq(found->credential, "psychiatrist");
	ck_assert_uint_eq(found->payer_count, 3);
	ck_assert_str_eq(found->payers[0], "trillium");
	ck_assert_str_eq(found->payers[2], "performcare");

	/* A reader believes what it read for half a second: what ends a token holds within one. */
	ck_assert_int_eq(raw_run(&fx, "UPDATE principal SET expires_at = 1"), SQLITE_OK);
	ck_assert_msg(ends_within_a_second("token"), "an expired token was still known after a second");
	ck_assert_int_eq(raw_run(&fx, "UPDATE principal SET expires_at = 9000000000000000"), SQLITE_OK);
	ck_assert_ptr_nonnull(find_principal("token"));
	ck_assert_int_eq(raw_run(&fx, "UPDATE principal SET revoked_at = 1"), SQLITE_OK);
	ck_assert_msg(ends_within_a_second("token"), "a revoked token was still known after a second");
}
END_TEST

START_TEST(a_provider_has_an_organization_and_no_payers)
{
	struct principal provider = {.id = "prn_8", .role = ROLE_PROVIDER, .organization = "org-1"};
	struct task task;
	task_init(&task, run_principal);
	task.context = &provider;
	ck_assert_msg(task_do(&fx, &task), "%s", task.err.detail);
	const struct principal *found = find_principal("token");
	ck_assert_str_eq(found->organization, "org-1");
	ck_assert_uint_eq(found->payer_count, 0);

	task_init(&task, run_principal);
	task.context = &provider;
	ck_assert(!task_do(&fx, &task)); /* a token and an id belong to one */
}
END_TEST

START_TEST(a_payer_s_id_has_no_space)
{
	struct principal intake = {.id = "prn_7", .role = ROLE_INTAKE, .payers = {"a b"}, .payer_count = 1};
	struct task task;
	task_init(&task, run_principal);
	task.context = &intake;
	ck_assert(!task_do(&fx, &task));
	ck_assert_int_eq(task.err.code, ERR_INVALID);
}
END_TEST

/* ---- policy texts ---- */

static bool run_policy(struct task *task, struct store_txn *txn, struct err *err)
{
	return policy_text_keep(txn, task->row.policy_digest, task->row.policy_id, "1", task->body, strlen(task->body), err);
}

START_TEST(a_policy_text_is_kept_once)
{
	for (int i = 0; i < 2; i++) {
		struct task task;
		task_init(&task, run_policy);
		task.row = fixture_row(fx.arena, 1);
		task.body = i == 0 ? "the text" : "never read: the digest names the text";
		ck_assert_msg(task_do(&fx, &task), "%s", task.err.detail);
	}
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM policy_text WHERE text = 'the text'"), 1);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM policy_text"), 1);
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("records");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_same_key_and_body_is_a_replay);
	tcase_add_test(tcase, the_same_key_with_another_body_is_a_conflict);
	tcase_add_test(tcase, a_key_belongs_to_its_principal);
	tcase_add_test(tcase, simultaneous_duplicates_make_one_request);
	tcase_add_test(tcase, a_principal_is_found_by_its_token);
	tcase_add_test(tcase, a_provider_has_an_organization_and_no_payers);
	tcase_add_test(tcase, a_payer_s_id_has_no_space);
	tcase_add_test(tcase, a_policy_text_is_kept_once);
	return fixture_main(tcase);
}
