/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the database refuses by itself about decisions, appeals and closed requests: every statement is run on a connection that
 * has none of the store's settings, and must be refused for its own reason.
 */
#include "fixture.h"

#include <check.h>
#include <string.h>

static struct fixture fx;

/* Requests by number: 1 denied, 2 approved, 3 decided without a decision, 4 denied and appealed, 5 upheld, 6 corrected, 7 returned, 8 in review. */
enum { REQUESTS = 9 };
static struct request_row rows[REQUESTS];
static struct decision_row denials[REQUESTS];

static void act(int number, const char *actor, const char *action, const struct appeal_row *appeal,
		const struct decision_row *decision)
{
	ck_assert_msg(fixture_act(&fx, &rows[number], actor, action, appeal, decision), "%d %s: %s", number, action,
		      fx.err.detail);
}

static struct appeal_row upheld(const struct appeal_row *open)
{
	struct appeal_row appeal = *open;

	appeal.status = "upheld";
	appeal.decider = "prn_apl";
	appeal.decider_role = "appeals";
	appeal.credential = "physician";
	appeal.rationale = "Nothing new was shown.";
	appeal.decided_at.us = open->received_at.us + 50;
	return appeal;
}

static void correct(int number)
{
	struct decision_row approval = fixture_approval(fx.arena, &rows[number]);

	approval.id = "dec_6b";
	approval.supersedes = denials[number].id;
	act(number, "prn_rev", "corrected", NULL, &approval);
}

static void give_back(int number)
{
	const struct decision_row returned = {
		.id = "dec_7",
		.request_id = rows[number].id,
		.disposition = "returned",
		.reason = "missing_components",
		.decider = "prn_int",
		.decider_role = "intake",
		.decided_at = {77},
	};

	act(number, "prn_int", "returned", NULL, &returned);
}

static void build(void)
{
	fixture_prepare(&fx);
	fixture_open(&fx);
	for (int i = 1; i < REQUESTS; i++) {
		rows[i] = fixture_row(fx.arena, i);
		rows[i].status = "in_review";
		rows[i].waiting_on = "plan";
		denials[i] = fixture_denial(fx.arena, &rows[i]);
		struct task task;
		task_init(&task, run_insert);
		task.row = rows[i];
		task.body = "{\"body\":{\"lines\":[1,2]},\"plan\":{}}";
		task.event = fixture_event(fx.arena, &rows[i], "received");
		ck_assert_msg(task_do(&fx, &task), "%s", task.err.detail);
	}
	const struct decision_row approval = fixture_approval(fx.arena, &rows[2]);
	act(1, "prn_rev", "determined", NULL, &denials[1]);
	act(2, "prn_rev", "determined", NULL, &approval);
	act(1, "prn_int", "notice_recorded", NULL, NULL);
	act(3, "prn_sup", "information_supplied", NULL, NULL);
	/* Its decision is what the statements below write. */
	rows[3].status = "decided";
	act(3, "prn_rev", "left_undecided", NULL, NULL);
	act(4, "prn_find", "finding_recorded", NULL, NULL);
	act(4, "prn_con", "certificate_of_need_recorded", NULL, NULL);
	act(4, "prn_ask", "information_requested", NULL, NULL);
	act(4, "prn_call", "outreach_attempted", NULL, NULL);
	act(4, "prn_more", "information_supplied", NULL, NULL);
	act(4, "prn_rev", "determined", NULL, &denials[4]);
	const struct appeal_row open = fixture_appeal(fx.arena, &denials[4]);
	act(4, "prn_1", "appeal_received", &open, NULL);
	/* Events alone tell that somebody was involved, whatever the decisions say. */
	act(4, "prn_det", "determined", NULL, NULL);
	act(4, "prn_cor", "corrected", NULL, NULL);
	act(5, "prn_rev", "determined", NULL, &denials[5]);
	const struct appeal_row second = fixture_appeal(fx.arena, &denials[5]);
	const struct appeal_row decided = upheld(&second);
	act(5, "prn_1", "appeal_received", &second, NULL);
	act(5, "prn_apl", "appeal_decided", &decided, NULL);
	act(6, "prn_rev", "determined", NULL, &denials[6]);
	correct(6);
	give_back(7);
	ck_assert_int_eq(
		raw_run(&fx,
			"INSERT INTO policy_text VALUES ('982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1',"
			" 'trillium-prts', '2026-01', 'text')"),
		SQLITE_OK);
}

/* Once for all: the statements below are rolled back. */
static void setup(void)
{
	build();
	fixture_close(&fx);
}

static void teardown(void)
{
	fixture_finish(&fx);
}

#define REQ(number) "'req_01HZZZZZZZZZZZZZZZZZ00000" number "'"
#define DEC(number) "'dec_01HZZZZZZZZZZZZZZZZZ00000" number "'"
#define APL(number) "'apl_01HZZZZZZZZZZZZZZZZZ00000" number "'"

#define LAST(number) "(SELECT last_event FROM request WHERE number = " number ")"

/* A copy of a row that was accepted, which is then spoilt in one place and inserted. Unspoilt it is accepted, as a test shows. */
#define COPY(table, id) "CREATE TEMP TABLE t AS SELECT * FROM " table " WHERE id = " id "; UPDATE t SET number = NULL"
#define OF_3 ", request_id = " REQ("3") ", event = " LAST("3")
#define NEW_DENIAL COPY("decision", DEC("1")) ", id = 'dec_new'" OF_3
#define NEW_APPROVAL COPY("decision", DEC("2")) ", id = 'dec_new'" OF_3
#define INSERT_DECISION "; INSERT INTO main.decision SELECT * FROM t"
#define DENIAL(change) NEW_DENIAL ", " change INSERT_DECISION
#define APPROVAL(change) NEW_APPROVAL ", " change INSERT_DECISION
#define PART(change) NEW_APPROVAL ", outcome = 'approved_in_part', basis = 'policy_limit', " change INSERT_DECISION
#define NEW_APPEAL \
	COPY("appeal", APL("4")) ", id = 'apl_new', request_id = " REQ("1") ", decision = " DEC("1") ", event = " LAST("1")
#define INSERT_APPEAL "; INSERT INTO main.appeal SELECT * FROM t"
#define APPEAL(change) NEW_APPEAL ", " change INSERT_APPEAL
#define DECIDED \
	"status = 'overturned', decided_at = 9000000, decider = 'prn_apl', decider_role = 'appeals', credential = " \
	"'physician'," \
	" rationale = 'r', decided_event = " LAST("4")
#define DECIDE(change) \
	"UPDATE appeal SET " DECIDED " WHERE id = " APL("4") "; UPDATE appeal SET " change " WHERE id = " APL("4")
/* In one statement: a later SET of the same column would count. */
#define DECIDE_AS(set) "UPDATE appeal SET " set " WHERE id = " APL("4")
/* Decided but for one column, which stands last and so counts. */
#define DECIDE_WITHOUT(change) DECIDE_AS(DECIDED ", " change)
#define DECIDED_BY(decider) \
	"status = 'upheld', decided_at = 9000000, decider = " decider \
	", decider_role = 'physician', credential = 'c', rationale = 'r'," \
	" decided_event = " LAST("4")
#define CLOSED(change) "UPDATE request SET version = version + 1, last_event = 999, " change " WHERE number = 1"
#define ENDED(change) "UPDATE request SET version = version + 1, last_event = 999, " change " WHERE number = 7"
#define PAPERS(body, number) "UPDATE request_body SET body = '" body "' WHERE request = " number

static const struct {
	const char *sql;
	const char *says;
} refused[] = {
	/* determinations */
	{DENIAL("credential = NULL"), "needs the credential"},
	{DENIAL("credential = ' '"), "needs the credential"},
	{DENIAL("credential = char(9, 160, 10)"), "needs the credential"},
	{DENIAL("basis = NULL"), "need a basis"},
	{DENIAL("basis = 'lapse'"), "the basis of a determination is one"},
	{DENIAL("basis = ''"), "the basis of a determination is one"},
	{DENIAL("rationale = NULL"), "needs a rationale"},
	{DENIAL("rationale = char(10, 32)"), "needs a rationale"},
	{DENIAL("decider = NULL"), "needs a person"},
	{DENIAL("decider = 'system'"), "needs a person"},
	{DENIAL("decider_role = 'system'"), "needs a person"},
	{DENIAL("outcome = NULL"), "has an outcome"},
	{DENIAL("outcome = 'lapsed'"), "one of a closed list"},
	{DENIAL("disposition = 'returned'"), "ends as its decision says"},
	{DENIAL("disposition = 'expired'"), "ends as its decision says"},
	{DENIAL("parts = '{}'"), "a part that the policy requires"},
	{DENIAL("parts = '{\"alternative\":\"x\"}'"), "a part that the policy requires"},
	{DENIAL("parts = '{\"alternative\":\" \\n\\t\",\"referrals\":[\"a\"]}'"), "a part that the policy requires"},
	{DENIAL("parts = '{\"alternative\":null,\"referrals\":[\"a\"]}'"), "a part that the policy requires"},
	{DENIAL("parts = '{\"alternative\":\"x\",\"referrals\":[ ]}'"), "a part that the policy requires"},
	{DENIAL("parts = '{\"alternative\":{},\"referrals\":[\"a\"]}'"), "a part that the policy requires"},
	{DENIAL("parts = '{\"alternative\":false,\"referrals\":[\"a\"]}'"), "a part that the policy requires"},
	{DENIAL("parts = '{\"alternative\":\"x\",\"referrals\":[\" \",\"\",null,false,[\"\"]]}'"),
	 "a part that the policy requires"},
	{DENIAL("parts = '{\"alternative\":{\"a\":\"\"},\"referrals\":[\"a\"]}'"), "a part that the policy requires"},
	{DENIAL("parts = '{\"alternative\":\"\",\"alternative\":\"x\",\"referrals\":[\"a\"]}'"), "is an object"},
	{DENIAL("parts = '{\"alternative\":\"\u3000\u200b\",\"referrals\":[\"a\"]}'"), "a part that the policy requires"},
	{DENIAL("parts = '{\"alternative\":\"x\",\"referrals\":[\"\u2009\"]}'"), "a part that the policy requires"},
	{DENIAL("credential = char(8203)"), "needs the credential"},
	{DENIAL("credential = char(0)"), "needs the credential"},
	{DENIAL("credential = 'x' || char(0) || 'y'"), "needs the credential"},
	{DENIAL("rationale = char(12288, 8287, 65279, 5760)"), "needs a rationale"},
	{DENIAL("rationale = char(0)"), "needs a rationale"},
	{DENIAL("decider = 'SYSTEM'"), "needs a person"},
	{DENIAL("decider = 'nobody'"), "needs a person"},
	{DENIAL("decider = 'PRN_rev'"), "needs a person"},
	{DENIAL("decider = 'prn_'"), "needs a person"},
	{DENIAL("decider = 'prn_rev '"), "needs a person"},
	{DENIAL("decider = 'prn_rev' || char(0)"), "needs a person"},
	{DENIAL("decider_role = NULL"), "needs a person"},
	{DENIAL("decider_role = 'intake'"), "needs a person"},
	{DENIAL("decider_role = 'SYSTEM'"), "needs a person"},
	{DENIAL("decider = 'prn_SUP'"), "nobody determines what they submitted"},
	{DENIAL("event = (SELECT min(sequence) FROM event WHERE request_id = " REQ("3") ")"), "the newest"},
	{DENIAL("request_id = " REQ("8") ", event = " LAST("8")), "a request in review is determined"},
	{DENIAL("disposition = 'withdrawn', outcome = NULL, basis = NULL"), "ends as its decision says"},
	{"UPDATE decision SET superseded_by = 'dec_new' WHERE id = 'dec_7'", "never changes otherwise"},
	{"UPDATE decision SET superseded_by = " DEC("2") " WHERE id = " DEC("1"), "by a new one"},
	{"UPDATE decision SET superseded_by = 'dec_new' WHERE id = " DEC("1") ";" NEW_DENIAL
									      ", superseded_by = NULL" INSERT_DECISION,
	 "decided already"},
	{"UPDATE decision SET superseded_by = 'dec_new' WHERE id = " DEC("1") ";" NEW_DENIAL ", request_id = " REQ(
		 "1") ", event = " LAST("1") ", supersedes = " DEC("1") ", superseded_by = NULL, disposition = 'withdrawn', "
									"outcome = NULL, basis = NULL" INSERT_DECISION,
	 ""},
	{DENIAL("parts = '[\"alternative\",\"referrals\"]'"), ""},
	{DENIAL("required = '[]', parts = '[1]'"), "is an object"},
	{DENIAL("parts = 'x'"), "malformed"},
	{DENIAL("required = '{}'"), "a list of words"},
	{DENIAL("required = '[1]'"), "a list of words"},
	{DENIAL("required = '[null]'"), "a list of words"},
	{DENIAL("required = NULL"), "a list of words"},
	{DENIAL("required = '[\"it''s.a[0]\"]'"), "a part that the policy requires"},
	{DENIAL("authorization_number = 'AU-1'"), "has no authorization"},
	{DENIAL("covered_to = '2026-12-14'"), "has no authorization"},
	{DENIAL("decider = 'prn_1'"), "nobody determines what they submitted"},
	{DENIAL("decider = 'prn_sup'"), "nobody determines what they submitted"},
	{DENIAL("event = 1"), "an event of it"},
	{DENIAL("event = 999"), "an event of it"},
	{DENIAL("payer = 'tufts'"), "belongs to its request"},
	{DENIAL("request_id = 'req_none'"), ""},
	{DENIAL("supersedes = " DEC("1")), "decided already"},
	{DENIAL("superseded_by = 'dec_new'"), ""},
	{DENIAL("superseded_by = 'dec_other'"), "is the effective one"},
	{DENIAL("appeal = " APL("5")), "an overturned appeal of its request"},
	{"UPDATE decision SET superseded_by = 'dec_new' WHERE id = " DEC("5") "; " NEW_DENIAL ", request_id = " REQ(
		 "5") ", event = " LAST("5") ", supersedes = " DEC("5") ", appeal = " APL("5") INSERT_DECISION,
	 "an overturned appeal of its request"},
	{DENIAL("late = 2"), ""},
	{APPROVAL("authorization_number = NULL"), "needs an authorization number"},
	{APPROVAL("authorization_number = ' '"), "needs an authorization number"},
	{APPROVAL("covered_from = NULL"), "first and last covered day"},
	{APPROVAL("covered_to = NULL"), "first and last covered day"},
	{APPROVAL("covered_to = '2026-11-30'"), "first and last covered day"},
	{APPROVAL("covered_from = '2026-02-30'"), "first and last covered day"},
	{APPROVAL("covered_from = '2026-12-1'"), "first and last covered day"},
	{APPROVAL("covered_from = '2026-12-01T00:00'"), "first and last covered day"},
	{APPROVAL("decider = 'system'"), "needs a person"},
	{APPROVAL("credential = ''"), "needs the credential"},
	{APPROVAL("rationale = NULL"), "needs a rationale"},
	{APPROVAL("required = '[\"lines\"]'"), "a part that the policy requires"},
	{PART("basis = NULL"), ""},
	{PART("authorization_number = NULL"), "needs an authorization number"},
	/* only one of them is effective */
	{NEW_DENIAL ", request_id = " REQ("1") ", event = " LAST("1") INSERT_DECISION, "decided already"},
	{NEW_DENIAL ", request_id = " REQ("1") ", event = " LAST("1") ", supersedes = " DEC("1") INSERT_DECISION,
	 "decided already"},
	{NEW_DENIAL ", request_id = " REQ("1") ", event = " LAST("1") ", supersedes = " DEC("2") INSERT_DECISION,
	 "decided already"},
	{NEW_APPROVAL ", request_id = " REQ("7") ", event = " LAST("7") INSERT_DECISION, ""},
	{NEW_DENIAL ", request_id = " REQ("6") ", event = " LAST("6") ", supersedes = " DEC("6") INSERT_DECISION,
	 "decided already"},
	{NEW_DENIAL ", request_id = " REQ("1") ", event = " LAST("1") "; INSERT OR REPLACE INTO main.decision SELECT * FROM t",
	 "decided already"},
	{"DROP TRIGGER decision_supersedes; " NEW_DENIAL ", request_id = " REQ("1") ", event = " LAST("1") INSERT_DECISION,
	 "UNIQUE"},
	{"REPLACE INTO decision SELECT * FROM decision WHERE number = 1", ""},
	{"CREATE TEMP TABLE t AS SELECT * FROM decision WHERE number = 1; UPDATE t SET number = NULL, outcome = 'approved';"
	 "INSERT OR REPLACE INTO main.decision SELECT * FROM t",
	 ""},
	{NEW_DENIAL ", id = " DEC("2") "; INSERT OR REPLACE INTO main.decision SELECT * FROM t", "not replaced"},
	{NEW_DENIAL ", number = 2; INSERT OR REPLACE INTO main.decision SELECT * FROM t", "not replaced"},
	{"INSERT INTO decision SELECT * FROM decision WHERE number = 1 ON CONFLICT DO UPDATE SET outcome = 'approved'", ""},
	/* and none of them changes */
	{"UPDATE decision SET outcome = 'approved' WHERE number = 1", "never changes"},
	{"UPDATE decision SET rationale = 'x' WHERE number = 1", "never changes"},
	{"UPDATE decision SET rowid = 99 WHERE number = 1", "never changes"},
	{"UPDATE decision SET decided_at = 1, superseded_by = 'dec_9' WHERE number = 1", "never changes"},
	{"UPDATE decision SET superseded_by = NULL", "never changes"},
	{"UPDATE decision SET superseded_by = 'dec_9' WHERE id = " DEC("6"), "never changes"},
	{"UPDATE decision SET superseded_by = NULL WHERE id = " DEC("6"), "never changes"},
	{"UPDATE OR REPLACE decision SET request_id = " REQ("1") " WHERE number = 2", "never changes"},
	{"UPDATE decision SET superseded_by = id WHERE number = 1", ""},
	{"DELETE FROM decision WHERE number = 1", "not deleted"},
	{"DELETE FROM decision", "not deleted"},
	/* appeals */
	{APPEAL("decision = " DEC("2") ", request_id = " REQ("2")), "only an effective denial"},
	{APPEAL("decision = " DEC("6") ", request_id = " REQ("6")), "only an effective denial"},
	{APPEAL("decision = 'dec_6b', request_id = " REQ("6")), "only an effective denial"},
	{APPEAL("decision = 'dec_7', request_id = " REQ("7")), "only an effective denial"},
	{APPEAL("request_id = " REQ("2")), ""},
	{APPEAL("decision = 'dec_none'"), "only an effective denial"},
	{APPEAL("status = 'overturned'"), "starts open"},
	{APPEAL("event = 999"), "an event of its request"},
	{APPEAL("kind = 'slow'"), "expedited or standard"},
	{APPEAL("appellant = 'payer'"), "practitioner or a member"},
	{APPEAL("decider = 'prn_apl'"), "has no decision"},
	{APPEAL("decision = " DEC("4") ", request_id = " REQ("4") ", event = " LAST("4")), "appealed already"},
	{APPEAL("decision = " DEC("5") ", request_id = " REQ("5") ", event = " LAST("5")), "appealed already"},
	{"REPLACE INTO appeal SELECT * FROM appeal WHERE id = " APL("5"), ""},
	{NEW_APPEAL ", id = " APL("5") "; INSERT OR REPLACE INTO main.appeal SELECT * FROM t", "not replaced"},
	{NEW_APPEAL ", decision = " DEC("4") ", request_id = " REQ("4") ", event = " LAST(
		 "4") "; INSERT OR REPLACE INTO main.appeal SELECT * FROM t",
	 "appealed already"},
	{DECIDE_AS(DECIDED_BY("'prn_rev'")), "not involved"},
	{DECIDE_AS(DECIDED_BY("'prn_1'")), "not involved"},
	{DECIDE_AS(DECIDED_BY("'prn_find'")), "not involved"},
	{DECIDE_AS(DECIDED_BY("'prn_con'")), "not involved"},
	{DECIDE_AS(DECIDED_BY("'prn_more'")), "not involved"},
	{DECIDE_AS(DECIDED_BY("'prn_det'")), "not involved"},
	{DECIDE_AS(DECIDED_BY("'prn_cor'")), "not involved"},
	{DECIDE_AS(DECIDED_BY("'prn_ask'")), "not involved"},
	{DECIDE_AS(DECIDED_BY("'prn_call'")), "not involved"},
	{DECIDE_AS(DECIDED_BY("'prn_REV'")), "not involved"},
	{DECIDE_AS(DECIDED_BY("'prn_rev '")), "needs a person"},
	{DECIDE_AS(DECIDED_BY("'PRN_REV'")), ""},
	{DECIDE_AS(DECIDED_BY("'System'")), "needs a person"},
	{DECIDE_WITHOUT("decider_role = NULL"), "needs a person"},
	{DECIDE_WITHOUT("decider_role = 'intake'"), "needs a person"},
	{DECIDE_WITHOUT("credential = char(8203, 8205)"), "needs the credential"},
	{DECIDE_WITHOUT("rationale = char(12288)"), "needs a rationale"},
	{DECIDE_WITHOUT("rationale = char(0)"), "needs a rationale"},
	{DECIDE_WITHOUT("decided_at = received_at - 1"), "after it was received"},
	{DECIDE_WITHOUT("decided_event = event"), "the newest"},
	{DECIDE_AS(DECIDED_BY("'system'")), "needs a person"},
	{DECIDE_AS(DECIDED_BY("NULL")), "needs a person"},
	{DECIDE_AS(DECIDED_BY("'prn_apl'") ", decider_role = 'system'"), "needs a person"},
	{DECIDE_AS("status = 'upheld'"), ""},
	{DECIDE_WITHOUT("credential = NULL"), "needs the credential"},
	{DECIDE_WITHOUT("credential = ' '"), "needs the credential"},
	{DECIDE_WITHOUT("rationale = NULL"), "needs a rationale"},
	{DECIDE_WITHOUT("rationale = char(10)"), "needs a rationale"},
	{DECIDE_WITHOUT("decided_at = NULL"), "at an instant"},
	{DECIDE_WITHOUT("decided_event = 999"), "an event of its request"},
	{DECIDE_WITHOUT("decided_event = 1"), "an event of its request"},
	{DECIDE_WITHOUT("status = 'lost'"), "open, upheld or overturned"},
	{DECIDE_AS("status = 'upheld', decided_at = 9, decider = 'prn_apl', decided_event = 8, credential = 'c'"), ""},
	{DECIDE_AS("status = 'lost', decided_at = 9"), ""},
	{DECIDE_AS("due_at = 99"), ""},
	{DECIDE_AS("kind = 'standard', " DECIDED_BY("'prn_apl'")), "decided once"},
	{DECIDE_AS("decision = " DEC("1") ", " DECIDED_BY("'prn_apl'")), "decided once"},
	{DECIDE("rationale = 'better'"), "decided once"},
	{DECIDE("status = 'upheld'"), "decided once"},
	{DECIDE("status = 'open', decided_at = NULL, decider = NULL"), "decided once"},
	{"UPDATE appeal SET status = 'overturned' WHERE id = " APL("5"), "decided once"},
	{"DELETE FROM appeal", "not deleted"},
	/* closed requests */
	{CLOSED("status = 'in_review'"), "closed request"},
	{CLOSED("status = 'withdrawn'"), "closed request"},
	{CLOSED("service = 'PDTS'"), "closed request"},
	{CLOSED("review = 'concurrent'"), "closed request"},
	{CLOSED("urgency = NULL"), "closed request"},
	{CLOSED("due_at = 1"), "closed request"},
	{CLOSED("submitter_reference = 'x'"), "closed request"},
	{CLOSED("member_id = 'x'"), "closed request"},
	{CLOSED("member_birth_date = NULL"), "closed request"},
	{CLOSED("provider_npi = NULL"), "closed request"},
	{CLOSED("policy_id = 'x'"), "closed request"},
	{CLOSED("policy_version = 'x'"), "closed request"},
	{CLOSED("policy_digest = 'x'"), "closed request"},
	{CLOSED("missing_count = 0"), "closed request"},
	{CLOSED("requested_count = 9"), "closed request"},
	{CLOSED("rowid = 99"), "identity"},
	{CLOSED("received_at = 1"), "identity"},
	{"UPDATE request SET tasks = 64 WHERE number = 1", "next version"},
	{"REPLACE INTO request SELECT * FROM request WHERE number = 3", ""},
	{"CREATE TEMP TABLE t AS SELECT * FROM request WHERE number = 1; UPDATE t SET version = 1, status = 'in_review';"
	 "INSERT OR REPLACE INTO main.request SELECT * FROM t",
	 "not replaced"},
	{"CREATE TEMP TABLE t AS SELECT * FROM request WHERE number = 1; UPDATE t SET version = 1, number = NULL, id = 'req_x';"
	 "INSERT OR REPLACE INTO main.request SELECT * FROM t",
	 "not replaced"},
	{"DELETE FROM request WHERE number = 1", "not deleted"},
	{PAPERS("{\"body\":{\"lines\":[1]},\"plan\":{}}", "1"), "papers of a closed request"},
	{PAPERS("{\"body\":{\"lines\":[1,2],\"more\":1},\"plan\":{}}", "1"), "papers of a closed request"},
	{PAPERS("{\"body\":null,\"plan\":{}}", "1"), "papers of a closed request"},
	{PAPERS("{\"body\":\"{\\\"lines\\\":[1,2]}\",\"plan\":{}}", "1"), "papers of a closed request"},
	{PAPERS("{\"plan\":{}}", "1"), "papers of a closed request"},
	{PAPERS("{}", "7"), "papers of a closed request"},
	{PAPERS("gone", "1"), "malformed"},
	{"UPDATE request_body SET request = 99 WHERE request = 1", "stay with their request"},
	{"UPDATE request_body SET request = 99 WHERE request = 3", "stay with their request"},
	{"REPLACE INTO request_body VALUES (1, '{}')", "not replaced"},
	{"REPLACE INTO request_body VALUES (3, '{}')", "not replaced"},
	{"DELETE FROM request_body WHERE request = 1", "not deleted"},
	{ENDED("open = 1"), "nothing is still to be done"},
	{ENDED("waiting_on = 'plan'"), "nothing is still to be done"},
	{ENDED("tasks = 64"), "nothing is still to be done"},
	{ENDED("authorization_number = 'AU-1'"), "nothing is still to be done"},
	{ENDED("act_by = act_by + 1000000"), "nothing is still to be done"},
	{ENDED("act_by_rule = 'x'"), "nothing is still to be done"},
	{ENDED("wake_at = 5"), "nothing is still to be done"},
	{"UPDATE request SET version = version + 1, last_event = 998, status = 'incomplete' WHERE number = 8;"
	 "UPDATE request SET version = version + 1, last_event = 999, status = 'decided' WHERE number = 8",
	 "in review is decided"},
	{"UPDATE policy_text SET text = 'x'", "stays as it was"},
	{"UPDATE policy_text SET rowid = 9", "stays as it was"},
	{"DELETE FROM policy_text", "stays as it was"},
	{"DROP TRIGGER event_detail_newest_stays; DELETE FROM event_detail WHERE sequence = 8;"
	 "INSERT INTO event_detail VALUES (8, zeroblob(16), '{}')",
	 "not edited"},
	{"DELETE FROM event_detail WHERE sequence = (SELECT last_event FROM request WHERE number = 8)", "newest snapshot"},
	{"INSERT INTO event SELECT max(sequence) + 1, at, actor, actor_role, action, request_id, detail_digest, hash, hash, "
	 "NULL, NULL, NULL FROM event",
	 "says what it left"},
	{"INSERT INTO event SELECT max(sequence) + 1, at, actor, actor_role, action, request_id, detail_digest, hash, hash, "
	 "hash, x'00', NULL"
	 " FROM event",
	 ""},
	/* events, beside what the chain's own test does */
	{"UPDATE event SET actor = 'prn_2' WHERE sequence = 8", "append-only"},
	{"DELETE FROM event WHERE sequence = 8", "append-only"},
	{"REPLACE INTO event SELECT * FROM event WHERE sequence = 8", "follows the last one"},
	{"UPDATE OR REPLACE event SET sequence = 9 WHERE sequence = 8", "append-only"},
	{"UPDATE event SET rowid = 99 WHERE sequence = 8", "append-only"},
};

static void exec(sqlite3 *handle, const char *sql)
{
	ck_assert_msg(sqlite3_exec(handle, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(handle));
}

/* Everything that the statements above could have changed, in one number. */
static int64_t fingerprint(sqlite3 *handle)
{
	static const char sql[] =
		"SELECT (SELECT sum(length(id || request_id || disposition || ifnull(outcome, '-') || ifnull(basis, '-')"
		" || ifnull(rationale, '-') || parts || ifnull(superseded_by, '-')) * number) FROM decision)"
		" + 7 * (SELECT sum(length(id || decision || status || kind || ifnull(rationale, '-')) * number) FROM appeal)"
		" + 11 * (SELECT sum((version + length(status || service || payer)) * number) FROM request)"
		" + 13 * (SELECT sum(length(body) * request) FROM request_body) + 19 * (SELECT count(*) FROM event_detail) + "
		"17 * (SELECT sum(sequence) FROM event)";
	sqlite3_stmt *statement = NULL;

	ck_assert_int_eq(sqlite3_prepare_v2(handle, sql, -1, &statement, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
	const int64_t number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return number;
}

START_TEST(the_database_refuses)
{
	sqlite3 *handle = raw_open(&fx);
	char *message = NULL;

	/* Everything but the last statement prepares it. */
	const char *last = strrchr(refused[_i].sql, ';');
	exec(handle, "BEGIN");
	if (last != NULL) {
		exec(handle, arena_text(fx.arena, refused[_i].sql, (size_t)(last - refused[_i].sql)));
	}
	const int64_t before = fingerprint(handle);
	const int code = sqlite3_exec(handle, last != NULL ? last + 1 : refused[_i].sql, NULL, NULL, &message);
	ck_assert_msg(code == SQLITE_CONSTRAINT || (code == SQLITE_ERROR && strcmp(refused[_i].says, "malformed") == 0),
		      "%s: %d %s", refused[_i].sql, code, message != NULL ? message : "accepted");
	ck_assert_msg(strstr(message, refused[_i].says) != NULL, "%s: %s", refused[_i].sql, message);
	ck_assert_msg(fingerprint(handle) == before, "%s: something changed", refused[_i].sql);
	sqlite3_free(message);
	sqlite3_close(handle);
}
END_TEST

/* The refusals above are not for some other reason. */
static const char *const accepted[] = {
	NEW_DENIAL INSERT_DECISION,
	NEW_APPROVAL INSERT_DECISION,
	PART("late = 1"),
	DENIAL("required = '[]', parts = '{}'"),
	DENIAL("required = '[\"a b\"]', parts = '{\"a b\":0}'"),
	DENIAL("required = '[\"a b\"]', parts = '{\"a b\":true,\"c\":false,\"d\":[]}'"),
	DENIAL("required = '[\"a\"]', parts = '{\"a\":[\" \",{\"b\":\"x\"}]}'"),
	DENIAL("decider_role = 'reviewer'"),
	"UPDATE request SET version = version + 1, last_event = 999 WHERE number = 7",
	"DELETE FROM event_detail WHERE sequence = 1",
	DENIAL("decider = 'prn_find'"),
	"UPDATE decision SET superseded_by = 'dec_new' WHERE id = " DEC("1") ";" NEW_APPROVAL ", request_id = " REQ(
		"1") ", event = " LAST("1") ", supersedes = " DEC("1") INSERT_DECISION,
	NEW_APPEAL INSERT_APPEAL,
	DECIDE_AS(DECIDED),
	DECIDE_AS(DECIDED_BY("'prn_sup'")),
	CLOSED("open = 1, waiting_on = 'plan', tasks = 64, wake_at = 5, act_by = 6, act_by_rule = 'x', authorization_number = "
	       "'AU-1'"),
	PAPERS("{\"plan\":{\"notices\":[1]},\"body\": {\"lines\": [1, 2]}}", "1"),
	PAPERS("{}", "8"),
};

START_TEST(the_database_accepts_what_is_right)
{
	sqlite3 *handle = raw_open(&fx);

	exec(handle, "BEGIN");
	const int64_t before = fingerprint(handle);
	exec(handle, accepted[_i]);
	ck_assert_int_gt(sqlite3_changes(handle), 0);
	ck_assert_msg(fingerprint(handle) != before, "%s: nothing changed", accepted[_i]);
	sqlite3_close(handle);
}
END_TEST

/* A store of its own, for what is recorded. */
static struct fixture shared;

static void setup_own(void)
{
	shared = fx;
	build();
}

static void teardown_own(void)
{
	fixture_finish(&fx);
	fx = shared;
}

/* The functions of the store say which rule it was, and nothing of the change is kept. */
START_TEST(a_refused_decision_says_why)
{
	setup_own();
	struct decision_row denial = fixture_denial(fx.arena, &rows[3]);
	const struct request_row before = rows[3];

	denial.credential = NULL;
	ck_assert(!fixture_act(&fx, &rows[3], "prn_rev", "determined", NULL, &denial));
	ck_assert_int_eq(fx.err.code, ERR_TRANSITION);
	ck_assert_str_eq(fx.err.detail, "a determination needs the credential of who decides");
	denial.credential = "psychiatrist";
	denial.decider = "prn_sup";
	rows[3] = before;
	ck_assert(!fixture_act(&fx, &rows[3], "prn_sup", "determined", NULL, &denial));
	ck_assert_int_eq(fx.err.code, ERR_TRANSITION);
	ck_assert_str_eq(fx.err.detail, "nobody determines what they submitted or supplied");
	denial.decider = "prn_rev";
	denial.supersedes = denials[1].id;
	rows[3] = before;
	ck_assert(!fixture_act(&fx, &rows[3], "prn_rev", "determined", NULL, &denial));
	ck_assert_int_eq(fx.err.code, ERR_TRANSITION);
	ck_assert_msg(strstr(fx.err.detail, "not the effective one") != NULL, "%s", fx.err.detail);
	denial.supersedes = NULL;
	denial.request_id = "req_none";
	rows[3] = before;
	ck_assert(!fixture_act(&fx, &rows[3], "prn_rev", "determined", NULL, &denial));
	ck_assert_int_eq(fx.err.code, ERR_NOT_FOUND);
	denial.request_id = rows[3].id;
	rows[3] = before;
	ck_assert_msg(fixture_act(&fx, &rows[3], "prn_rev", "determined", NULL, &denial), "%s", fx.err.detail);
	int64_t count = 0;
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
	teardown_own();
}
END_TEST

START_TEST(a_second_decision_of_one_request_is_refused)
{
	setup_own();
	struct decision_row second = fixture_approval(fx.arena, &rows[1]);

	second.id = "dec_second";
	ck_assert(!fixture_act(&fx, &rows[1], "prn_rev", "determined", NULL, &second));
	ck_assert_int_eq(fx.err.code, ERR_TRANSITION);
	ck_assert_msg(strstr(fx.err.detail, "decided already") != NULL, "%s", fx.err.detail);
	teardown_own();
}
END_TEST

START_TEST(a_refused_appeal_says_why)
{
	setup_own();
	struct appeal_row appeal = fixture_appeal(fx.arena, &denials[4]);
	struct request_row before = rows[4];

	ck_assert(!fixture_act(&fx, &rows[4], "prn_1", "appeal_received", &appeal, NULL));
	ck_assert_int_eq(fx.err.code, ERR_TRANSITION);
	appeal = upheld(&appeal);
	appeal.decider = "prn_rev";
	rows[4] = before;
	ck_assert(!fixture_act(&fx, &rows[4], "prn_rev", "appeal_decided", &appeal, NULL));
	ck_assert_int_eq(fx.err.code, ERR_TRANSITION);
	ck_assert_str_eq(fx.err.detail, "an appeal is decided by somebody who was not involved in the request");
	appeal.decider = "prn_apl";
	appeal.id = "apl_none";
	rows[4] = before;
	ck_assert(!fixture_act(&fx, &rows[4], "prn_apl", "appeal_decided", &appeal, NULL));
	ck_assert_int_eq(fx.err.code, ERR_NOT_FOUND);
	teardown_own();
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("refusals");

	tcase_add_unchecked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, the_database_refuses, 0, sizeof(refused) / sizeof(refused[0]));
	tcase_add_loop_test(tcase, the_database_accepts_what_is_right, 0, sizeof(accepted) / sizeof(accepted[0]));
	tcase_add_test(tcase, a_refused_decision_says_why);
	tcase_add_test(tcase, a_second_decision_of_one_request_is_refused);
	tcase_add_test(tcase, a_refused_appeal_says_why);
	return fixture_main(tcase);
}
