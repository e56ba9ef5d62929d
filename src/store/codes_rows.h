#pragma once

// A code's row and back: what is secret in it is sealed on the way in and opened on the way out
// (CODE-2).

#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "store/connection.h"
#include "store/desk.h"

namespace ostiary {

struct CodeSecrets {
    std::string code, shown, token;
};

std::string SealSecrets(Desk&, const Code&);
// Throws StoreFailure if the box was not made with this vault's key.
CodeSecrets OpenSecrets(const Desk&, std::string_view sealed);

// A row of CodesColumns, secrets and aircraft roles included.
Code ReadCode(const Desk&, Columns&);
// A row of FindHeldCodes: `hash` gets what stands in for the secrets.
Code ReadHeldCode(Columns&, std::string& hash);

// What a code is found by whole: its tags, and behind a comma, which no tag has, its template and
// its batch.
inline constexpr std::string_view kTemplateMark = ",template ";
std::string TemplateMark(std::string_view name);
std::string BatchMark(std::string_view batch);
std::vector<std::string> MarksOf(const Code&);

// What List searches in besides the short code, folded.
std::string SearchKeyOf(const Code&);

}  // namespace ostiary
