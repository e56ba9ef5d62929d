#pragma once

// A file of codes as rows (BULK-2): CSV with a line of headings, or a JSON list of objects, read
// piece by piece in constant memory. What the text means is for core/imports_fields.h.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.h"

namespace ostiary {

struct ImportLine {
    std::int64_t number = 0;  // of CSV the line, of JSON the place in the list; the first is 1
    std::vector<std::string> cells;  // in the order of the columns; those at the end may be missing
};

// CSV may begin with a byte order mark, and is separated by whatever its headings are: commas,
// semicolons, tabs or bars. Of JSON, lists within an object become texts with commas, aircraft
// roles such as [{"aircraft": "N12345", "role": "pilot"}] become "N12345:pilot".
class ImportReader {
public:
    using Take = std::function<bool(ImportLine)>;  // false: enough
    explicit ImportReader(Take);
    ~ImportReader();
    ImportReader(const ImportReader&) = delete;

    bool Read(std::string_view piece);  // false: nothing more is wanted
    // kInvalid file.empty, file.encoding, file.malformed, file.columns; nothing if it was enough
    // before.
    Result<void> End();

    // Of JSON there may be more with every object.
    const std::vector<std::string>& columns() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ostiary
