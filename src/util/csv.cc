#include "util/csv.h"

#include <csv.h>

#include <algorithm>
#include <new>

namespace ostiary {
namespace {

constexpr std::string_view kBeginsFormula = "=+-@\t\r";
constexpr std::size_t kLongestRecord = 256 << 10;  // bytes: more is a quote that is never closed

std::string Guarded(std::string_view cell) {
    const bool calculates = !cell.empty() && kBeginsFormula.find(cell.front()) != cell.npos;
    return (calculates ? "'" : "") + std::string(cell);
}

}  // namespace

std::string CsvLine(const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& cell : cells) {
        const std::string safe = Guarded(cell);
        std::string quoted(2 * safe.size() + 2, '\0');
        quoted.resize(csv_write(quoted.data(), quoted.size(), safe.data(), safe.size()));
        line += (line.empty() ? "" : ",") + quoted;
    }
    return line + "\r\n";
}

std::string_view Unguarded(std::string_view cell) {
    const bool is_guarded =
        cell.size() > 1 && cell.front() == '\'' && kBeginsFormula.find(cell[1]) != cell.npos;
    return is_guarded ? cell.substr(1) : cell;
}

struct CsvReader::State {
    static constexpr int kBetween = 0, kInCell = 2;  // of the parser

    csv_parser parser{};
    Take take;
    std::vector<std::string> cells;
    std::vector<std::vector<std::string>> records;  // whole: what takes them may throw, C may not
    std::int64_t line = 1, begun_at = 1;  // the one being read, and where its record began
    std::size_t held = 0;                 // bytes of the record
    std::int64_t broken_at = 0;
    bool is_enough = false;

    static void Cell(void* text, std::size_t size, void* self) {
        static_cast<State*>(self)->cells.emplace_back(static_cast<const char*>(text), size);
    }
    static void Record(int, void* self) {
        State& state = *static_cast<State*>(self);
        state.records.push_back(std::move(state.cells));
        state.cells.clear();
    }

    bool GoesOn() const { return !is_enough && broken_at == 0; }

    // Up to a line's end: so it is known where each record begins.
    void Feed(std::string_view part) {
        if (csv_parse(&parser, part.data(), part.size(), Cell, Record, this) != part.size())
            throw std::bad_alloc();  // its only failure here
        HandOut();
        held += part.size();
        if (part.ends_with('\n')) ++line;
        const bool is_between = parser.pstate == kBetween;
        if (is_between) begun_at = line, held = 0;
        if (held > kLongestRecord) broken_at = begun_at;
    }

    void HandOut() {
        for (std::vector<std::string>& record : records) {
            const bool is_blank = std::ranges::all_of(record, &std::string::empty);
            if (!is_enough && !is_blank) is_enough = !take(begun_at, std::move(record));
        }
        records.clear();
    }
};

CsvReader::CsvReader(char separator, Take take) : state_(std::make_unique<State>()) {
    csv_init(&state_->parser, 0);
    csv_set_delim(&state_->parser, static_cast<unsigned char>(separator));
    state_->take = std::move(take);
}

CsvReader::~CsvReader() { csv_free(&state_->parser); }

bool CsvReader::Read(std::string_view piece) {
    while (!piece.empty() && state_->GoesOn()) {
        const std::size_t end = std::min(piece.find('\n'), piece.size() - 1) + 1;
        state_->Feed(piece.substr(0, end));
        piece.remove_prefix(end);
    }
    return state_->GoesOn();
}

bool CsvReader::End() {
    // The library says so only where it is strict about quotes within cells, too.
    const bool is_open = state_->parser.pstate == State::kInCell && state_->parser.quoted != 0;
    if (state_->GoesOn() && is_open) state_->broken_at = state_->begun_at;
    if (state_->GoesOn() &&
        csv_fini(&state_->parser, State::Cell, State::Record, state_.get()) != 0)
        throw std::bad_alloc();
    state_->HandOut();
    return state_->GoesOn();
}

std::int64_t CsvReader::broken_at() const { return state_->broken_at; }

}  // namespace ostiary
