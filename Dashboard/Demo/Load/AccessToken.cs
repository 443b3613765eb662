using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Dashboard.Demo.Load;

/// <summary>
/// A signed-in visitor's access token as the application stores it: <c>token:43 characters</c> → <c>{"user_id":7,"created_at":"…"}</c>.
/// </summary>
internal readonly record struct AccessToken(string Key, string Value)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public static AccessToken New(int user, DateTimeOffset createdAt) => new(
        "token:" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
        string.Create(
            CultureInfo.InvariantCulture, $$"""{"user_id":{{user}},"created_at":"{{createdAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}}"}"""));
}
