#pragma once

// A database with very many codes, filled in the quickest way that leaves it as if they had been
// made one by one: hashed, sealed and indexed. Only the fragments for searching are left out, which
// no redemption reads or writes.

#include <cstdint>
#include <string>

namespace ostiary::bench {

// The n-th code: eight letters, all different.
std::string CodeNumbered(std::uint64_t n);

// One of the first `count` codes, as chance would have it.
std::string SomeCode(std::uint64_t number, std::uint64_t count);

// Makes an installation in this folder with codes 0 … count-1; returns when it is closed again.
void FillWithCodes(const std::string& folder, std::uint64_t count);

}  // namespace ostiary::bench
