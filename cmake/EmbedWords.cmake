# cmake -DIN_DIR=words -DOUT=….h -P EmbedWords.cmake : every xx.po below IN_DIR, compiled by msgfmt, becomes bytes of the
# program. One C++ file may include the result.
file(GLOB files ${IN_DIR}/*.po)
list(SORT files)
get_filename_component(out_dir ${OUT} DIRECTORY)
set(compiled_dir ${out_dir}/words)
file(MAKE_DIRECTORY ${compiled_dir})

set(assembly "")
set(symbols "")
set(rows "")
foreach(file IN LISTS files)
  get_filename_component(tag ${file} NAME_WE)
  set(compiled ${compiled_dir}/${tag}.mo)
  execute_process(COMMAND msgfmt --check-format -o ${compiled} ${file} COMMAND_ERROR_IS_FATAL ANY)
  set(symbol ostiary_words_${tag})
  string(APPEND assembly "    \"${symbol}: .incbin \\\"${compiled}\\\"\\n${symbol}_end:\\n\"\n")
  string(APPEND symbols "extern \"C\" const char ${symbol}[], ${symbol}_end[];\n")
  string(APPEND rows "        {\"${tag}\", ${symbol}, ${symbol}_end},\n")
endforeach()

file(WRITE ${OUT} "#pragma once
// Generated from words/ by cmake/EmbedWords.cmake. Do not edit.
#include <span>
#include <string_view>

asm(\".pushsection .rodata\\n\"
${assembly}    \".popsection\\n\");
${symbols}
namespace ostiary {

struct EmbeddedWords {
    std::string_view tag;
    const char *begin, *end;
};

inline std::span<const EmbeddedWords> AllEmbeddedWords() {
    static const EmbeddedWords kWords[] = {
${rows}    };
    return kWords;
}

}  // namespace ostiary
")
