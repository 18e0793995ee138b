using System.Text;

namespace Dunning.Http;

/// <summary>
/// The encoding and the delimiter of a file from a spreadsheet or a bank: these are detected, because a wrong guess
/// cannot be read; dates and decimals never are.
/// </summary>
internal static class CsvText
{
    private static readonly string[] _delimiters = [",", ";", "\t", "|"];

    private static readonly UTF8Encoding _strictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>UTF-8, UTF-16 with a byte order mark, else Windows-1252, which every byte fits.</summary>
    public static string Decode(byte[] file)
    {
        if (file is [0xFF, 0xFE, ..])
            return Encoding.Unicode.GetString(file, 2, file.Length - 2);
        if (file is [0xFE, 0xFF, ..])
            return Encoding.BigEndianUnicode.GetString(file, 2, file.Length - 2);
        try
        {
            return _strictUtf8.GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(file);
        }
    }

    /// <summary>The one that divides the first line into the most columns; quoted text does not count.</summary>
    public static string DelimiterOf(string text)
    {
        var header = text.AsSpan(0, text.IndexOfAny(['\r', '\n']) is >= 0 and var end ? end : text.Length).ToString();
        var unquoted = string.Concat(header.Split('"').Where((_, i) => i % 2 == 0));
        return _delimiters.MaxBy(delimiter => unquoted.Split(delimiter).Length)!;
    }
}
