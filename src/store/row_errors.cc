#include "store/row_errors.h"

#include "store/sentences.h"

namespace ostiary {

void AddRowErrors(Desk& desk, const Statement& statement, std::string_view file,
                  std::span<const ImportError> errors) {
    for (const ImportError& one : errors) {
        const std::string sentence = PackSentence(one.sentence);
        desk.Run(statement, {file, one.row, one.place, one.field, one.reason, sentence});
    }
}

std::vector<ImportError> ListRowErrors(Desk& desk, const Statement& statement,
                                       std::string_view file, std::int64_t after_row,
                                       std::int64_t after_place, std::size_t most) {
    std::vector<ImportError> errors;
    desk.Run(statement, {file, after_row, after_place, most}, [&](const Row& row) {
        Columns columns(row);
        ImportError& one = errors.emplace_back();
        one.row = columns.Int();
        one.place = columns.Int();
        one.field = columns.String();
        one.reason = columns.String();
        one.sentence = UnpackSentence(columns.Text());
    });
    return errors;
}

}  // namespace ostiary
