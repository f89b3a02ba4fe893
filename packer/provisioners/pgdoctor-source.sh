# shellcheck shell=bash
# Sourced, after source.sh, by whoever builds pgdoctor: the image, and npm run pgdoctor.

# make_pgdoctor URL COMMIT FOLDER: builds FOLDER/pgdoctor from exactly that commit, with our two corrections.
make_pgdoctor() {
  local url=$1 commit=$2 folder=$3
  fetch_commit "${url}" "${commit}" "${folder}"
  # A request's path is the format of a log line here: GET /%25s%25s%25s ends the process, from anywhere, without a login.
  replace_once "${folder}/main.c" 'logger_write(LOG_ERR, check_text);' 'logger_write(LOG_ERR, "%s", check_text);'
  # A connection that says nothing is held for ever otherwise, and there are about a thousand.
  replace_once "${folder}/main.c" 'MHD_OPTION_END);' 'MHD_OPTION_CONNECTION_TIMEOUT, 10U, MHD_OPTION_END);'
  make --silent --directory="${folder}" pgdoctor
}
