# cmake -DIN_DIR=… -DOUT=….h -P EmbedAssets.cmake : every file below IN_DIR becomes bytes of the program, with a hash of
# what is in it and, where that is smaller, its gzip beside it. One C++ file may include the result.
file(GLOB_RECURSE files ${IN_DIR}/*)
list(SORT files)
get_filename_component(out_dir ${OUT} DIRECTORY)
set(packed_dir ${out_dir}/assets)
file(MAKE_DIRECTORY ${packed_dir})

set(assembly "")
set(symbols "")
set(rows "")
set(count 0)
foreach(file IN LISTS files)
  file(RELATIVE_PATH name ${IN_DIR} ${file})
  if(name MATCHES "(^|/)\\." OR name MATCHES "\\.(md|map)$")
    continue()
  endif()
  file(SHA256 ${file} hash)
  string(SUBSTRING ${hash} 0 8 hash)
  set(packed ${packed_dir}/${hash}.gz)
  execute_process(COMMAND gzip -9 -n -c ${file} OUTPUT_FILE ${packed} COMMAND_ERROR_IS_FATAL ANY)
  file(SIZE ${file} plain_size)
  file(SIZE ${packed} packed_size)
  set(symbol ostiary_asset_${count})
  string(APPEND assembly "    \"${symbol}: .incbin \\\"${file}\\\"\\n${symbol}_end:\\n\"\n")
  string(APPEND symbols "extern \"C\" const char ${symbol}[], ${symbol}_end[];\n")
  if(packed_size LESS plain_size)
    string(APPEND assembly "    \"${symbol}_gz: .incbin \\\"${packed}\\\"\\n${symbol}_gz_end:\\n\"\n")
    string(APPEND symbols "extern \"C\" const char ${symbol}_gz[], ${symbol}_gz_end[];\n")
    set(packed_range "${symbol}_gz, ${symbol}_gz_end")
  else()
    set(packed_range "nullptr, nullptr")
  endif()
  string(APPEND rows "        {\"${name}\", \"${hash}\", ${symbol}, ${symbol}_end, ${packed_range}},\n")
  math(EXPR count "${count} + 1")
endforeach()
if(count EQUAL 0)
  message(FATAL_ERROR "${IN_DIR} holds no assets")
endif()

file(WRITE ${OUT} "#pragma once
// Generated from web/ by cmake/EmbedAssets.cmake. Do not edit.
#include <span>
#include <string_view>

asm(\".pushsection .rodata\\n\"
${assembly}    \".popsection\\n\");
${symbols}
namespace ostiary {

struct EmbeddedFile {
    std::string_view name, hash;
    const char *begin, *end, *packed_begin, *packed_end;
};

inline std::span<const EmbeddedFile> EmbeddedFiles() {
    static const EmbeddedFile kFiles[] = {
${rows}    };
    return kFiles;
}

}  // namespace ostiary
")
