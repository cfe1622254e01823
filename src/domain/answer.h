/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answer to a testable statement: met, not met, unknown, or not applicable here. Unknown is never "not
 * met".
 */
#ifndef AR_DOMAIN_ANSWER_H
#define AR_DOMAIN_ANSWER_H

enum answer { ANSWER_MET, ANSWER_NOT_MET, ANSWER_UNKNOWN, ANSWER_NOT_APPLICABLE };

enum { ANSWER_COUNT = ANSWER_NOT_APPLICABLE + 1 };

const char *answer_name(enum answer answer); /* "met", "not_met", "unknown", "not_applicable" */

/* Kleene's strong logic over met, not_met, unknown; not_applicable takes no part. */
enum answer answer_not(enum answer answer);
enum answer answer_all(const enum answer *answers, unsigned count); /* none taking part: met */
enum answer answer_any(const enum answer *answers, unsigned count); /* none taking part: not met */
enum answer answer_at_least(const enum answer *answers, unsigned count, unsigned needed);

#endif
