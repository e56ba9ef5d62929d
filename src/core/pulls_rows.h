#pragma once

// The file of a pull as rows, each judged by the rules of invitations. For core/pulls*.cc.

#include <string>
#include <string_view>
#include <vector>

#include "core/pulls_words.h"

namespace ostiary {

struct PullRow {
    std::int64_t number = 0;  // as in ImportLine
    std::string key;          // empty: it cannot be told whom it is about
    bool has_id = false;      // the key is an id, and not the address
    PullWords words;          // role, task group and aircraft roles as the catalogue spells them
    std::vector<FieldError> errors;

    std::string hash;  // of the key
};

// kInvalid file.empty, file.encoding, file.malformed, file.columns, file.rows; wrong rows are no
// error of the file.
Result<std::vector<PullRow>> ReadPullRows(World&, std::string_view text);

}  // namespace ostiary
