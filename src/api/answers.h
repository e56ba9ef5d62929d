#pragma once

// What the calls of the API have in common: how lists are asked for and answered, how a thing says
// which version it is, and what a body or a query may hold.

#include <algorithm>
#include <boost/json/object.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/world.h"
#include "http/message.h"
#include "util/result.h"

namespace ostiary::api {

// ── What was asked ─────────────────────────────────────────────────────────────────────────────

// kInvalid with every other name in the query, and what was probably meant.
Result<void> KnowOnly(const Request&, std::initializer_list<std::string_view> names);
// The body of a call that takes no query; the second may have none at all.
Result<boost::json::object> BodyOf(const Request&);
Result<boost::json::object> MaybeBodyOf(const Request&);
// For calls that take neither.
Result<void> TakeNothing(const Request&);

Result<std::size_t> PageSizeOf(const Fields& query);  // 1 to 100; 20 where none is asked for
Result<bool> FlagOf(const Fields& query, std::string_view name);  // false where it is not asked for
Error WrongCursor(std::string_view name = "cursor");              // kInvalid cursor.invalid
// A cursor that is an id; 0: the first page.
Result<std::int64_t> IdCursorOf(const Fields& query, std::string_view name);

// ── One thing, and which version of it (CODE-8) ────────────────────────────────────────────────

// Known by its id, at its version, looking like that to whoever asks.
struct Thing {
    std::string id;
    std::int64_t version = 0;
    std::string shape;
};

// 200, or 304 where If-None-Match names what the caller has already.
Response Show(const Request&, const World&, const Thing&);
// {"success": true, "message", "data"}, and an ETag where a Thing has a version
Response Tell(int status, std::string_view message, std::string_view shape);
Response Tell(const World&, int status, std::string_view message, const Thing&);
Response NoContent();

// The version that If-Match names of this thing: nothing if any will do, one that never was if the
// tag is of something else.
std::optional<std::int64_t> ExpectedVersion(const Request&, std::string_view id);

// ── Lists (API-6) ──────────────────────────────────────────────────────────────────────────────

struct Listed {
    std::vector<std::string> shapes;
    std::string next, previous;  // cursors; empty: no such page
    std::string more;            // members beside, each with a comma before it
};
Response ShowList(const Request&, const World&, const Listed&);

// The first page of rows that were read one further than it is long: whether there are more.
template <class Row, class Shape, class Cursor>
Listed FirstOf(const std::vector<Row>& rows, std::size_t size, Shape shape, Cursor cursor) {
    Listed list;
    for (std::size_t i = 0; i < std::min(rows.size(), size); ++i)
        list.shapes.push_back(shape(rows[i]));
    if (rows.size() > size) list.next = cursor(rows[size - 1]);
    return list;
}

std::string TextOrNull(const std::string&);

}  // namespace ostiary::api
