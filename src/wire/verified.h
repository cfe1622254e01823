/* SPDX-License-Identifier: Apache-2.0 */
/* What an answer says about plan facts: who verified which, and which a check had to leave open. */
#ifndef AR_WIRE_VERIFIED_H
#define AR_WIRE_VERIFIED_H

#include "wire/answer.h"

/* Writes the member `verified`: facts that staff or a table of the plan verified, and how; null when there is none. */
void verified_write(struct json_writer *writer, const struct request_answer *answer);

/* Writes the member `not_checked` of a check: what no table of the plan answered is among it. */
void verified_write_open(struct json_writer *writer, const struct evaluation *evaluation);

#endif
