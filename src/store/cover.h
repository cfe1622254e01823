/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an event answers for beside its snapshot: the request's row and papers as it left them, and the decision and appeal that were
 * recorded with it. Their digests are part of the event, and so of the chain.
 */
#ifndef AR_STORE_COVER_H
#define AR_STORE_COVER_H

#include "store/records.h"
#include "store/txn.h"

/* Of a request as it is written now: NUMBER's row and papers, and what EVENT says is recorded with it. */
bool cover_event(struct store_txn *txn, int64_t number, const struct event_row *event, struct chain_cover *ret_cover,
		 struct err *err) AR_MUST_CHECK;

/* Whether every request, decision, appeal and policy text is still what was recorded; ERR_STORE names the first that is not. */
bool cover_verify(struct store_reader *reader, struct err *err) AR_MUST_CHECK;

#endif
