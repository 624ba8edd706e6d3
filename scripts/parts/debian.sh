# Sourced after common.sh: packages and sources of other Debian suites, without touching the system's own lists.

# Points APT_CONFIG at a private apt in the dependency folder that knows bookworm and trixie from the machine's mirror.
# Only for downloads, and in a subshell: what is installed must come from the machine's own suite.
use_private_apt() {
    local folder=$deps/apt mirror
    export APT_CONFIG=$folder/apt.conf
    [ ! -e "$folder/complete" ] || return 0
    mirror=$({ cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} || true; } 2>/dev/null |
        sed -nE 's/^(URIs:|deb( \[[^]]*\])?) +([a-z+]+:[^ ]+).*/\3/p' | grep -E '/debian/?$' | sed -n 1p || true)
    [ -n "$mirror" ] || die "no Debian mirror in this machine's apt sources"
    mkdir -p "$folder"/lists/partial "$folder"/cache/archives/partial
    touch "$folder/status"
    cat > "$folder/debian.sources" <<-END
	Types: deb deb-src
	URIs: $mirror
	Suites: bookworm trixie
	Components: main
	Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
	END
    cat > "$APT_CONFIG" <<-END
	Dir::Etc::sourcelist "$folder/debian.sources";
	Dir::Etc::sourceparts "/nonexistent";
	Dir::Etc::preferencesparts "$folder/lists/partial";
	Dir::State::Lists "$folder/lists";
	Dir::State::status "$folder/status";
	Dir::Cache "$folder/cache";
	APT::Sandbox::User "$(id -un)";
	Acquire::Languages "none";
	END
    apt-get update -qq
    touch "$folder/complete"
}

# Unpacks the pinned library sources into src/ of the dependency folder, each checked by its sha256.
fetch_library_sources() {
    local name origin suite package tarball hash folder
    while read -r name origin suite package tarball hash; do
        [ "$origin" = debian ] || continue
        folder=$deps/src/$name
        [ "$(cat "$folder/.sha256" 2>/dev/null)" != "$hash" ] || continue
        say "fetching $name"
        mkdir -p "$deps/downloads"
        (
            use_private_apt
            cd "$deps/downloads"
            apt-get source -qq --download-only --tar-only "$package" >/dev/null
        )
        echo "$hash  $deps/downloads/$tarball" | sha256sum --check --quiet || die "$tarball is not the pinned one"
        rm -rf "$folder"
        mkdir -p "$folder"
        tar -xf "$deps/downloads/$tarball" -C "$folder" --strip-components=1
        echo "$hash" > "$folder/.sha256"
    done < scripts/dependencies.txt
}

# Whether an Emscripten new enough for the page is on PATH already.
have_emsdk() {
    have em++ && have sort || return 1
    local version
    version=$(em++ --version 2>/dev/null | sed -nE '1s/.* ([0-9]+\.[0-9]+\.[0-9]+).*/\1/p')
    [ "$(printf '%s\n3.1.69\n' "$version" | sort -V | head -1)" = 3.1.69 ]
}
