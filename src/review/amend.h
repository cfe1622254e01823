/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Amending a recorded request: what every changing use case but submit has in common. Begin reads the call, its key, the request and its
 * papers and checks that the step is lawful now; the use case edits the papers; end judges them again, keeps the clocks and prepares the
 * one event that records it all.
 */
#ifndef AR_REVIEW_AMEND_H
#define AR_REVIEW_AMEND_H

#include "domain/lifecycle.h"
#include "review/papers.h"
#include "review/record.h"

struct amendment {
	const struct call *call;
	const struct request_view *view; /* the request as it stands */
	const struct program *program;
	const struct json *before; /* the answer as it stands */
	const struct json *input; /* the call's body, of the right shape */
	struct papers papers; /* the use case edits these */
	const struct json *judged; /* the body that was judged before, verified facts laid over it */
	struct instant arrived_at; /* set when the submitter's papers changed; us 0: no new papers */
	struct idempotency_row key;
	const struct decision_row *decision; /* the use case decided: recorded with the event; or NULL */
	const struct appeal_row *appeal; /* received, or decided with it; or NULL */
	bool appeal_decided;
	struct draft draft; /* after amend_judge: the papers judged */
};

/* What a use case accepts. */
struct amend_rule {
	enum step step;
	const char *resource; /* "outreach-attempts": the last part of the address */
	const struct shape *shape; /* of the call's body; NULL: the supplement shape of the request's policy */
	bool record; /* of a service record, not of a request */
	bool unshaped; /* the use case looks at the body itself */
	bool put; /* the call is a PUT: its If-Match makes it safe to repeat, and a key is not needed */
};

/* False when the outcome stands already: a refusal, or the answer that the key has. */
bool amend_begin(struct amendment *amendment, const struct call *call, const char *id, const struct amend_rule *rule,
		 struct outcome *outcome);

/* What amend_begin does for the request of a caller who needs no key and no ETag: time itself. False with the outcome set. */
bool amend_open(struct amendment *amendment, const struct call *call, const struct request_view *view, struct outcome *outcome);

/*
 * Judges the papers as they are now: the submitter's body with the facts that staff verified laid over it, reasons that were set aside
 * left out, a return or withdrawal that was recorded as the status. False with the outcome set.
 */
bool amend_judge(struct amendment *amendment, struct outcome *outcome);

/* What the call decides about the request, as JSON text: its `reason` and `note`, when and by whom. */
const char *amend_disposition(const struct amendment *amendment);

/* Closes the request without a determination, for the reason and with the note of the call: DISPOSITION is "withdrawn", ... */
void amend_close(struct amendment *amendment, const char *disposition);

/* Judges, and prepares the change whose event is ACTION; NULL with the outcome set. */
struct record_change *amend_end(struct amendment *amendment, const char *action, struct outcome *outcome) AR_MUST_CHECK;

/*
 * The same without judging again: what was found stands, and only the plan's part has changed. For a closed request, for what time brings,
 * and for a determination, which decides on what was found.
 */
struct record_change *amend_keep(struct amendment *amendment, const char *action, struct outcome *outcome) AR_MUST_CHECK;

#endif
