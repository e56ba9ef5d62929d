#pragma once

// Lines of comma-separated values (RFC 4180) that no spreadsheet takes for formulas, and reading
// what people have.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ostiary {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Every cell quoted, CR LF at the end. A cell that a spreadsheet would calculate gets an apostrophe
// before it.
std::string CsvLine(const std::vector<std::string>& cells);
// Without that apostrophe.
std::string_view Unguarded(std::string_view cell);

// Reads lines piece by piece, holding no more than one of them. Quoted cells may have line breaks;
// lines without anything in them are passed over.
class CsvReader {
public:
    // The first line of the text is 1; one that goes over several is at its first. False: enough.
    using Take = std::function<bool(std::int64_t line, std::vector<std::string> cells)>;
    CsvReader(char separator, Take);
    ~CsvReader();
    CsvReader(const CsvReader&) = delete;

    // False: nothing more is wanted, or this is no CSV.
    bool Read(std::string_view piece);
    bool End();
    // The line whose quote is never closed; 0: none.
    std::int64_t broken_at() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ostiary
