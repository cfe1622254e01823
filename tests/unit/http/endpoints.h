/* SPDX-License-Identifier: Apache-2.0 */
/* Endpoints and a route table for tests of the server. Each endpoint counts in the fake store that it ran. */
#ifndef AR_TESTS_HTTP_ENDPOINTS_H
#define AR_TESTS_HTTP_ENDPOINTS_H

#include "http/routes.h"

enum test_counter { COUNT_HELLO, COUNT_ECHO, COUNT_SLOW, COUNT_SECRET, COUNT_SUBMIT };

extern const struct route test_routes[];
extern const size_t test_route_count;

#endif
