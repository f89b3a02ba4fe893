# shellcheck shell=bash
# Sourced by the scripts that build from a pinned commit.

# fetch_commit URL COMMIT FOLDER: checks out exactly that commit, whatever the server calls it.
fetch_commit() {
  local url=$1 commit=$2 folder=$3
  rm -rf "${folder}"
  git init --quiet "${folder}"
  # A server may refuse a bare commit; then all of it is fetched, and the commit is looked for there.
  git -C "${folder}" fetch --quiet --depth 1 "${url}" "${commit}" \
    || git -C "${folder}" fetch --quiet "${url}" '+refs/heads/*:refs/remotes/origin/*' '+refs/tags/*:refs/tags/*' \
    || fail "cannot fetch from ${url}"
  git -C "${folder}" -c advice.detachedHead=false checkout --quiet --detach "${commit}" \
    || fail "${url} has no commit ${commit}"
  [[ $(git -C "${folder}" rev-parse HEAD) == "${commit}" ]] || fail "${folder} is not at ${commit}"
}

# replace_once FILE OLD NEW: both are taken literally, and OLD must be there exactly once.
replace_once() {
  local file=$1 old=$2 new=$3 content rest
  content=$(<"${file}")
  rest=${content#*"${old}"}
  [[ ${rest} != "${content}" ]] || fail "$(basename "${file}") does not have the text: ${old}"
  [[ ${rest#*"${old}"} == "${rest}" ]] || fail "$(basename "${file}") has the text more than once: ${old}"
  printf '%s\n' "${content%%"${old}"*}${new}${rest}" >"${file}"
}

# is_built NAME COMMIT: whether the last build of NAME that came to its end was of that commit.
is_built() {
  local stamp=${share:?}/$1.commit
  [[ -f ${stamp} && $(<"${stamp}") == "$2" ]]
}

# remember_built NAME COMMIT: the last thing that a build does.
remember_built() {
  install -d -m 0755 "${share:?}"
  echo "$2" >"${share}/$1.commit"
}
