# build-commit.sh COMMIT FOLDER: takes a commit's sources out of git and compiles them, without the network if it can do without
set -euo pipefail
mkdir -p "$2"
git archive "$1" | tar -x -C "$2" # an archive, since a worktree would be noted in this repository
cd "$2"
modules=()
if [[ -d src/cli ]]; then modules=(-pl src/cli -am); fi # the module that stands on all that is measured; earlier commits are one project
build() { # Maven writes the list of libraries last
  mvn -q -B -ntp -Dmaven.test.skip ${modules[@]+"${modules[@]}"} "$@" \
    compile dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$PWD/target/libraries"
}
build -o || build
