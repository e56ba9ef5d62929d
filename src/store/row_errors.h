#pragma once

// What is wrong with rows of a file, as imports and pulls keep it: the same columns in two tables.

#include <span>
#include <string_view>
#include <vector>

#include "core/imports_model.h"
#include "store/desk.h"

namespace ostiary {

void AddRowErrors(Desk&, const Statement&, std::string_view file, std::span<const ImportError>);
std::vector<ImportError> ListRowErrors(Desk&, const Statement&, std::string_view file,
                                       std::int64_t after_row, std::int64_t after_place,
                                       std::size_t most);

}  // namespace ostiary
