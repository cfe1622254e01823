/* SPDX-License-Identifier: Apache-2.0 */
/* Puts an exchange's recorded answer on the wire. */
#ifndef AR_HTTP_SEND_H
#define AR_HTTP_SEND_H

#include "http/state.h"

/* False when the library cannot take the answer; the connection must end then. */
bool send_answer(struct exchange *exchange);

#endif
