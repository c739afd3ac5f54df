"""Key files: a demo makes its own, production takes none that anybody else could know."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest

from contracts.log.keys import KeyRefused, demo_keys, production_keys


@pytest.fixture
def paths(tmp_path):
    files = tmp_path / "person", tmp_path / "lookup"
    for file in files:
        file.touch(mode=0o600)
        file.write_text(f"{secrets.token_hex(32)}\n")
    return files


def test_the_first_start_of_a_demo_makes_keys_that_only_its_owner_reads(tmp_path):
    keys = demo_keys(tmp_path / "data" / "keys")
    assert len(keys.person) == len(keys.lookup) == 32
    assert keys.person != keys.lookup
    assert (tmp_path / "data" / "keys").stat().st_mode & 0o777 == 0o700
    files = sorted((tmp_path / "data" / "keys").iterdir())
    assert [file.name for file in files] == ["lookup.key", "person.key"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_the_second_start_finds_the_keys_of_the_first(tmp_path):
    assert demo_keys(tmp_path) == demo_keys(tmp_path)


def test_starts_at_once_agree_on_the_keys(tmp_path):
    with ThreadPoolExecutor(8) as starts:
        found = [*starts.map(demo_keys, [tmp_path / "keys"] * 32)]
    assert all(keys == found[0] for keys in found)
    assert len([*(tmp_path / "keys").iterdir()]) == 2


def test_production_reads_its_two_keys(paths):
    keys = production_keys(*paths)
    assert [key.hex() for key in (keys.person, keys.lookup)] == [path.read_text().strip() for path in paths]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_production_refuses_a_key_that_others_can_read(paths, mode):
    paths[1].chmod(mode)
    with pytest.raises(KeyRefused, match="chmod 600"):
        production_keys(*paths)


def test_production_refuses_a_demo_key(tmp_path):
    demo_keys(tmp_path)
    with pytest.raises(KeyRefused, match="demo"):
        production_keys(tmp_path / "person.key", tmp_path / "lookup.key")


def test_production_refuses_one_key_for_both_uses(paths):
    with pytest.raises(KeyRefused, match="key of its own"):
        production_keys(paths[0], paths[0])


def test_production_refuses_a_key_that_is_missing(tmp_path, paths):
    with pytest.raises(KeyRefused, match="cannot be read"):
        production_keys(tmp_path / "none", paths[1])


@pytest.mark.parametrize("text", ["", "ab" * 31, "ab" * 33, "secret-but-not-hexadecimal"])
def test_a_malformed_key_is_refused_and_not_quoted(paths, text):
    paths[0].write_text(text)
    with pytest.raises(KeyRefused) as refused:
        production_keys(*paths)
    assert not text or text not in str(refused.value)


def test_keys_do_not_show_themselves(tmp_path):
    assert "Keys()" in repr(demo_keys(tmp_path))
