import io
import random
import struct
import subprocess
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from parvis.core.errors import BadInput
from parvis.photos import pictures, rules
from parvis.photos.pictures import DamagedPhoto, NotAPhoto, PhotoInHeic, PhotoTooHeavy, PhotoTooLarge

from .conftest import encoded

PHOTO = Image.effect_noise((640, 480), 60).convert("RGB")


def two_halves(left: str, right: str, size: tuple[int, int] = (400, 200), mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, size, left)
    image.paste(right, (size[0] // 2, 0, *size))
    return image


def colour(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = picture.getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def png_header(width: int, height: int) -> bytes:
    """A PNG that announces a size and holds next to nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 9))


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def with_place() -> bytes:
    exif = Image.Exif()
    exif[Base.Make] = "Téléphone de Claire"
    gps = exif.get_ifd(IFD.GPSInfo)
    gps[GPS.GPSLatitudeRef], gps[GPS.GPSLatitude] = "N", (48.0, 43.0, 15.0)
    gps[GPS.GPSLongitudeRef], gps[GPS.GPSLongitude] = "E", (2.0, 31.0, 53.0)
    return encoded(PHOTO, exif=exif, comment=b"48.72085,2.53141", xmp=b"<x:xmpmeta>48.72085</x:xmpmeta>")


@pytest.mark.parametrize("extension", ["jpg", "webp"])
def test_the_place_and_all_that_the_camera_wrote_are_gone(extension: str) -> None:
    original = with_place()
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(IFD.GPSInfo)
    kept = pictures.encode(pictures.read(original), extension)
    image = Image.open(io.BytesIO(kept))
    assert not image.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile"} & set(image.info)
    assert not any(trace in kept for trace in (b"48.72", b"Claire", b"Exif", b"xmpmeta"))


def test_text_hidden_in_a_png_is_gone() -> None:
    info = PngInfo()
    info.add_text("Location", "48.72085,2.53141")
    kept = pictures.read(encoded(PHOTO, "PNG", pnginfo=info))
    assert kept.info == {}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_taken_sideways_stands_upright(orientation: int) -> None:
    upright = two_halves("red", "blue")
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    lying = upright.transpose(undo[orientation]) if orientation in undo else upright
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    picture = pictures.read(encoded(lying, exif=exif))
    assert picture.size == (400, 200)
    assert colour(picture, 50, 100)[0] > 200
    assert colour(picture, 350, 100)[2] > 200


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_damaged_exif_does_not_lose_the_photo() -> None:
    assert pictures.read(encoded(PHOTO, exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff garbage")).size == PHOTO.size


def test_forty_megabytes_are_refused_with_their_weight() -> None:
    with pytest.raises(PhotoTooHeavy) as refusal:
        pictures.check_weight(40_000_000)
    assert refusal.value.sentence.startswith("Cette photo pèse 40 Mo : 25 Mo au plus.")


def test_the_weight_is_refused_just_over_the_limit() -> None:
    pictures.check_weight(25_000_000)
    with pytest.raises(PhotoTooHeavy, match="26 Mo"):
        pictures.check_weight(25_000_001)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(NotAPhoto, match="vide"):
        pictures.read(b"")


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_panorama_of_twelve_thousand_pixels_is_kept(format: str) -> None:
    assert pictures.read(encoded(Image.new("RGB", (12_000, 3000), "skyblue"), format)).size == (1600, 400)


@pytest.mark.parametrize(("width", "height"), [(10_000, 4001), (12_000, 12_000), (30_000, 30_000)])
def test_too_many_points_are_refused_before_they_are_unpacked(width: int, height: int) -> None:
    with pytest.raises(PhotoTooLarge, match="millions au plus"):
        pictures.read(png_header(width, height))


def test_forty_million_points_are_not_too_many() -> None:
    with pytest.raises(DamagedPhoto):  # the header passes; there is nothing behind it
        pictures.read(png_header(10_000, 4000))


def test_a_photo_has_as_many_points_as_its_reading_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_PIXELS_PROGRESSIVE", PHOTO.width * PHOTO.height - 1)
    pictures.read(encoded(PHOTO))
    with pytest.raises(PhotoTooLarge, match="640 × 480 points"):
        pictures.read(encoded(PHOTO, progressive=True))
    monkeypatch.setitem(rules.MOST_PIXELS, "WEBP", PHOTO.width * PHOTO.height - 1)
    with pytest.raises(PhotoTooLarge, match="640 × 480 points"):
        pictures.read(encoded(PHOTO, "WEBP"))


LARGEST = {"RGBA": (10_000, 4000), "I;16": (10_000, 4000), "LA": (12_000, 3000), "RGB": (10_000, 6000)}


@pytest.mark.parametrize("mode", LARGEST)
def test_the_largest_photo_does_not_fill_the_memory(mode: str, tmp_path: Path) -> None:
    """In a process of its own, whose peak is its own: 4 bytes a point at most, and little beside."""
    photo = tmp_path / "photo"
    image = Image.new(mode, LARGEST[mode])
    photo.write_bytes(encoded(image, "JPEG") if mode == "RGB" else encoded(image, "PNG", compress_level=1))
    read = (
        "import pathlib, re, sys; from parvis.photos import pictures;"
        "print(pictures.read(pathlib.Path(sys.argv[1]).read_bytes()).width);"
        "print(re.search(r'VmHWM:\\s+(\\d+) kB', pathlib.Path('/proc/self/status').read_text())[1])"
    )
    told = subprocess.run([sys.executable, "-c", read, str(photo)], capture_output=True, check=True).stdout.split()
    assert int(told[0]) == 1600
    assert int(told[1]) < 300_000, "kB"


def test_photos_are_unpacked_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most = [], []
    small = pictures._small

    def watched(image: Image.Image) -> Image.Image:
        at_once.append(image)
        most.append(len(at_once))
        time.sleep(0.05)
        at_once.pop()
        return small(image)

    monkeypatch.setattr(pictures, "_small", watched)
    photo = encoded(PHOTO)
    with ThreadPoolExecutor(4) as shops:
        assert {picture.size for picture in shops.map(pictures.read, [photo] * 4)} == {PHOTO.size}
    assert most == [1, 1, 1, 1]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "CMYK"])
@pytest.mark.parametrize("size", [(1600, 1200), (3201, 1999), (6403, 2011), (1999, 6403)])
def test_a_photo_reduced_a_strip_at_a_time_is_the_photo(mode: str, size: tuple[int, int]) -> None:
    """No seam, no line of another colour: as near as JPEG's own rounding to the photo reduced in one piece."""
    slope = Image.radial_gradient("L").resize(size)
    image = Image.merge("RGB", (slope, slope.transpose(Image.Transpose.FLIP_LEFT_RIGHT), slope)).convert(mode)
    kept = pictures.read(encoded(image, "JPEG" if mode == "CMYK" else "PNG"))
    whole = pictures.resized(image.convert("RGB"), 1600)
    assert kept.size == whole.size
    assert max(high for _, high in ImageStat.Stat(ImageChops.difference(kept, whole)).extrema) <= 16


def test_a_tiny_picture_is_kept_as_it_is() -> None:
    assert pictures.read(encoded(Image.new("RGB", (1, 1), "red"), "PNG")).size == (1, 1)


@pytest.mark.parametrize("mode", ["L", "CMYK", "1", "P", "LA", "RGBA", "YCbCr"])
def test_every_kind_of_colours_comes_out_rgb(mode: str) -> None:
    format = "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG"
    picture = pictures.read(encoded(two_halves("black", "white").convert(mode), format))
    assert picture.mode == "RGB"
    dark, light = colour(picture, 50, 100), colour(picture, 350, 100)
    assert max(dark) < 40
    assert min(light) > 215


def test_a_scan_in_sixteen_bits_keeps_its_greys() -> None:
    picture = pictures.read(encoded(Image.new("I;16", (10, 10), 0x8000), "PNG"))
    assert colour(picture, 5, 5) == (128, 128, 128)


def test_what_is_transparent_becomes_white() -> None:
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (50, 0, 100, 100))
    picture = pictures.read(encoded(image, "PNG"))
    assert colour(picture, 10, 50) == (255, 255, 255)
    assert colour(picture, 90, 50) == (255, 0, 0)


def test_an_animated_gif_keeps_its_first_picture() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    picture = pictures.read(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert colour(picture, 20, 20) == (255, 0, 0)
    assert getattr(picture, "n_frames", 1) == 1


@pytest.mark.parametrize("format", ["WEBP", "AVIF"])
def test_the_webs_own_formats_are_read(format: str) -> None:
    assert pictures.read(encoded(PHOTO, format)).size == PHOTO.size


def test_a_colour_profile_is_applied_then_dropped() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (srgb, profile, b"not a profile"):
        picture = pictures.read(encoded(PHOTO, icc_profile=icc))
        assert picture.mode == "RGB"
        assert "icc_profile" not in picture.info


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_truncated_photo_is_refused(format: str) -> None:
    whole = encoded(PHOTO, format)
    with pytest.raises(DamagedPhoto):
        pictures.read(whole[: len(whole) // 2])


@pytest.mark.parametrize("content", [b"Bonjour", b"<svg/>", b"%PDF-1.7", b"\xff\xd8", b"\x00" * 200])
def test_what_is_not_a_photo_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPhoto, match="JPEG ou PNG"):
        pictures.read(content)


def test_a_heic_photo_is_refused_with_the_way_out() -> None:
    with pytest.raises(PhotoInHeic, match="Le plus compatible"):
        pictures.read(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP"])
def test_damage_anywhere_is_a_refusal_or_a_picture_and_never_a_crash(format: str) -> None:
    whole, chance = encoded(PHOTO.resize((64, 48)), format), random.Random(2)
    outcomes = set()
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            outcomes.add(pictures.read(bytes(damaged)).mode)
        except BadInput as refusal:
            outcomes.add(type(refusal).__name__)
    assert outcomes <= {"RGB", "DamagedPhoto", "NotAPhoto", "PhotoTooLarge"}
    assert len(outcomes) > 1


def test_jpegs_are_progressive() -> None:
    assert Image.open(io.BytesIO(pictures.encode(pictures.read(encoded(PHOTO)), "jpg"))).info.get("progressive")
