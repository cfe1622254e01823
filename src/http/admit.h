/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The decisions between the gate and an endpoint, in their order: route (404, 405), token (401, 429), role
 * (403), media type (415), size of the body (413); and, once the body is there, congestion (503).
 */
#ifndef AR_HTTP_ADMIT_H
#define AR_HTTP_ADMIT_H

#include "http/state.h"

bool admit_head(struct exchange *exchange, struct err *err) AR_MUST_CHECK;
bool admit_body(struct exchange *exchange, struct err *err) AR_MUST_CHECK;

#endif
