"""What an uploaded file is turned into: an upright sRGB picture that carries nothing but its colours.

Everything the camera wrote beside the pixels (place, serial number, thumbnail of the uncropped view) is left
behind by pasting the pixels into a new image, rather than by removing what we know of.
A picture of forty million points is 160 MB once unpacked: nothing else of that size is ever held, and only one at a
time.
"""

import io
import struct
import threading
import zlib

from PIL import Image, ImageCms, ImageOps
from PIL.ExifTags import Base

from parvis.core.errors import BadInput
from parvis.core.speech import mark, say

from .rules import MOST_BYTES, SIZES, fit, megabytes, most_pixels

# What telephones, cameras and web sites give; each further format is one more reader open to hostile files.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
# Pillow's readers let these escape on damaged files.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, struct.error, zlib.error)
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8")
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
STRIP_PIXELS = 2_000_000

_one_at_a_time = threading.Lock()


class PhotoTooHeavy(BadInput):
    def __init__(self, size: int) -> None:
        super().__init__(
            say(
                "Cette photo pèse {weight} Mo : {most} Mo au plus. "
                "Envoyez-la en taille moyenne, ou prenez-en une copie réduite.",
                weight=megabytes(size),
                most=megabytes(MOST_BYTES),
            )
        )


class PhotoTooLarge(BadInput):
    def __init__(self, width: int = 0, height: int = 0, most: int = 0) -> None:
        """Without its size: so large that it was not even opened."""
        most = (most or most_pixels()) // 1_000_000
        if not width:
            sentence = say("Cette photo a trop de points : {most} millions au plus.", most=most)
        else:
            sentence = say(
                "Cette photo a {width} × {height} points : {most} millions au plus. "
                "Envoyez-la en taille moyenne, ou prenez-en une copie réduite.",
                width=width,
                height=height,
                most=most,
            )
        super().__init__(sentence)


class NotAPhoto(BadInput):
    sentence = mark("Ce fichier n’est pas une photo que Parvis sait lire. Envoyez une photo JPEG ou PNG.")


class PhotoInHeic(BadInput):
    sentence = mark(
        "Cette photo est au format HEIC, que Parvis ne lit pas. Sur l’iPhone, ouvrez Réglages, "
        "Appareil photo, Formats, et choisissez « Le plus compatible » ; "
        "ou envoyez une capture d’écran de la photo."
    )


class DamagedPhoto(BadInput):
    sentence = mark("Cette photo est incomplète ou abîmée. Reprenez-la depuis l’appareil, puis envoyez-la de nouveau.")


def check_weight(size: int) -> None:
    """`size` in bytes. Refuses with PhotoTooHeavy, or NotAPhoto for an empty file."""
    if size > MOST_BYTES:
        raise PhotoTooHeavy(size)
    if size == 0:
        raise NotAPhoto(say("Ce fichier est vide. Envoyez une photo JPEG ou PNG."))


def read(data: bytes) -> Image.Image:
    """The picture, at its largest kept size. Refuses with a subclass of BadInput that says why."""
    check_weight(len(data))
    with _one_at_a_time:
        image = _open(data)
        _check_pixels(image)
        # A camera's JPEG is read straight at a fraction of its size: four times less memory for the same result.
        wide, high = fit(*image.size, SIZES[0])
        image.draft(None, (2 * wide, 2 * high))
        try:
            image.load()
            return _plain(image)
        except UNREADABLE as error:
            raise DamagedPhoto from error


def resized(picture: Image.Image, size: int) -> Image.Image:
    return picture.resize(fit(*picture.size, size), Image.Resampling.LANCZOS)


def encode(picture: Image.Image, extension: str) -> bytes:
    out = io.BytesIO()
    if extension == "webp":
        picture.save(out, "WEBP", quality=80, method=2)  # a method above takes twice as long for 4 % less
    else:
        picture.save(out, "JPEG", quality=82, progressive=True, optimize=True)
    return out.getvalue()


def _open(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoTooLarge from error
    except UNREADABLE as error:
        if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
            raise PhotoInHeic from error
        if data.startswith(BEGINNINGS):
            raise DamagedPhoto from error
        raise NotAPhoto from error


def _check_pixels(image: Image.Image) -> None:
    width, height = image.size
    most = most_pixels(image.format or "", progressive=bool(image.info.get("progressive")))
    if width * height > most:
        raise PhotoTooLarge(width, height, most)


def _plain(image: Image.Image) -> Image.Image:
    """Upright, sRGB, on white, at most the largest kept size, in an image that holds nothing else."""
    small = resized(_upright(_small(image), image), SIZES[0])
    plain = Image.new("RGB", small.size, "white")
    plain.paste(small)
    return plain


def _small(image: Image.Image) -> Image.Image:
    """Flattened a strip at a time: each further copy of forty million points would be 160 MB more."""
    width, height = image.size
    # In whole points, to twice what is kept: enough even where the photo lies on its side, and the last step is fine.
    factor = max(1, width // (2 * fit(width, height, SIZES[0])[0]))
    strip = factor * max(1, STRIP_PIXELS // (width * factor))
    small = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    for top in range(0, height, strip):
        band = _flat(image.crop((0, top, width, min(top + strip, height))))
        small.paste(band.reduce(factor), (0, top // factor))
    return small


def _upright(small: Image.Image, image: Image.Image) -> Image.Image:
    """As the notes of `image` say that it lies."""
    try:
        small.getexif()[Base.Orientation] = image.getexif().get(Base.Orientation, 1)
        return ImageOps.exif_transpose(small)
    except UNREADABLE:
        return small  # damaged notes beside good pixels: the photo is shown as it lies


def _flat(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        # Scans in sixteen bits: Pillow would cut the values off at 255 and give a white sheet.
        image = image.point(lambda value: value / 256).convert("L")
    if not image.has_transparency_data:
        return _srgb(image)
    layers = image.convert("RGBA")
    flat = Image.new("RGB", layers.size, "white")
    flat.paste(layers, mask=layers.getchannel("A"))
    return flat


def _srgb(image: Image.Image) -> Image.Image:
    """Telephones write wider colours and a profile that says so; without it they would look dull."""
    profile = image.info.get("icc_profile")
    if not profile:
        return image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, srgb, outputMode="RGB") or image.convert("RGB")
    except (ImageCms.PyCMSError, *UNREADABLE):
        return image.convert("RGB")
