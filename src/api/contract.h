#pragma once

// What each call of the API takes and gives, as a table. The OpenAPI document, the reference page
// and the check of every answer in the tests are made from it.

#include <cstdint>
#include <span>
#include <string_view>

namespace ostiary::api {

enum class Kind : std::uint8_t {
    kText,
    kWhole,
    kFlag,
    kMoment,       // RFC 3339 in UTC
    kTexts,        // a list of texts
    kShape,        // an object of the shape that is named
    kShapes,       // a list of them
    kWholeOrText,  // taken: 5 or "5"
    kTextsOrText,  // taken: a list, or one text with commas
    kWholes,       // a list of numbers
    kAnyObject,    // an object with whatever goes with it
};

enum class Presence : std::uint8_t {
    kAlways,     // given always; taken: required
    kOrNull,     // given always, but may be null
    kSometimes,  // may be missing; taken: optional, and null is as good as missing
};

struct Field {
    std::string_view name;
    Kind kind;
    Presence presence;
    std::string_view about;
    std::string_view shape = {};  // kShape and kShapes
};

struct Shape {
    std::string_view name;
    std::string_view about;
    std::span<const Field> fields;
};

enum class Takes : std::uint8_t {
    kNothing,
    kJson,
    kMaybeJson,
    kFormOrJson,
    kFile
};  // a file: CSV, or
    // a JSON list of the shape

// How a call may end well; how it may fail is the same everywhere.
struct Ending {
    int status = 0;  // 0: there is none
    std::string_view shape = {};
    std::string_view media = {};  // of a file; with a shape: a file of many such
};

struct Call {
    std::string_view route;  // the name of its row in the map of routes
    std::string_view about;
    Takes takes;
    std::string_view body;  // a shape
    std::span<const Field> query;
    Ending ending, other_ending = {};
    bool has_version = false;  // ETag, If-Match, If-None-Match
};

// What a {value} in a path is.
struct PathValue {
    std::string_view path_begins, name;
    Kind kind;
    std::string_view about;
};

// What stands behind /api/ in a path: "invite-codes".
struct Noun {
    std::string_view name, about;
};

std::span<const Noun> Nouns();
std::string_view NounOf(std::string_view path);
std::span<const Shape> Shapes();
std::span<const Shape> FurtherShapes();  // those among them that stand in a file of their own
std::span<const Call> Calls();
std::span<const PathValue> PathValues();

const Shape* FindShape(std::string_view name);  // null: there is none
const Call* FindCall(std::string_view route);   // null: not in the contract
const PathValue& FindPathValue(std::string_view path, std::string_view name);

}  // namespace ostiary::api
