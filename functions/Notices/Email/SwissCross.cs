using System.Collections;

namespace Dunning.Notices.Email;

/// <summary>
/// The white cross on black in the middle of a Swiss QR code: 7 of its 46 mm (Swiss Implementation Guidelines for the
/// QR-bill, 6.4.2). What it covers, the error correction of the code restores.
/// </summary>
internal static class SwissCross
{
    private const double ShareOfCode = 7.0 / 46;

    /// <summary>The white border of the codes of QRCoder, in modules on each side.</summary>
    private const int QuietZone = 4;

    /// <param name="modules">Rows of modules, black is true; as many rows as columns, an odd number.</param>
    public static void Draw(IReadOnlyList<BitArray> modules)
    {
        var middle = modules.Count / 2;
        // Symmetric about the middle module: black up to this distance, and a white line around it.
        var black = (int)Math.Ceiling((modules.Count - 2 * QuietZone) * ShareOfCode / 2) - 1;
        var area = Enumerable.Range(-black - 1, (2 * black) + 3).ToList();
        foreach (var (x, y) in area.SelectMany(y => area.Select(x => (x, y))))
        {
            var isBorder = Math.Max(Math.Abs(x), Math.Abs(y)) > black;
            var isCross = (x == 0 && Math.Abs(y) < black) || (y == 0 && Math.Abs(x) < black);
            modules[middle + y][middle + x] = !isBorder && !isCross;
        }
    }
}
