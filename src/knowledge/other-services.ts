/** Accounts and things that this channel does not look after. An article answers a text with one of them only if it speaks of it itself. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  zaloacc: 'zalo|tài khoản zalo|nick zalo|zalo bị',
  facebook: 'facebook|fb|phây|face|messenger|phây búc|fây|tiktok|tik tok|youtube|instagram|viber|telegram',
  wifi: 'wifi|wi fi|oai phai|mạng wifi|internet|4g|5g|mạng yếu|cục phát|modem|wai phai|sóng',
  mail: 'gmail|email|mail|google|tài khoản google|icloud|apple id|ch play đăng nhập',
  vssid: 'vssid|vss id|vsid|app bảo hiểm|ứng dụng bảo hiểm xã hội|vss',
  shop: 'shopee|lazada|tiki|momo|zalopay|vnpay|viettel money|viettelpay|grab|my viettel|myviettel|my vnpt',
  bankapp:
    'app ngân hàng|mật khẩu ngân hàng|ứng dụng ngân hàng|internet banking|smart banking|smartbanking|mật khẩu thẻ|mã pin thẻ|pin atm|mã pin atm|bank app|ipay|digibank',
  tax: 'etax|thuế|thuế điện tử|mã số thuế|hóa đơn điện tử|tax',
  vnedu: 'vnedu|smas|sổ liên lạc|k12|azota|olm|zoom|hồ sơ học bạ|điểm thi',
  simactive:
    'kích hoạt sim|đổi sim chính chủ|đăng ký sim|chính chủ sim|nạp thẻ|nạp tiền điện thoại|nạp tiền|hết tiền điện thoại|mua gói|đăng ký gói|gói cước|mua sim|sim chính chủ|activate sim|register sim',
  computer:
    'mật khẩu máy tính|mật khẩu iphone|mật khẩu samsung|mật khẩu oppo|mật khẩu ipad|laptop|máy vi tính|mật khẩu điện thoại|mở khóa điện thoại|khóa màn hình|mật khẩu màn hình|mở khóa màn hình|vân tay điện thoại',
  machine:
    'xe máy hỏng|máy giặt|máy cày|máy bơm|máy chiếu|máy in|máy lạnh|máy tính hỏng|máy tính bị hỏng|điều hòa|tủ lạnh|ô tô hỏng|máy xay',
  game: 'game|trò chơi|liên quân|netflix|vtv|k cộng|truyền hình|tivi|camera|email trường|twitter',
  trouble:
    'bị đơ|máy đơ|đơ|treo máy|hết pin|máy nóng|nóng máy|chậm máy|máy chậm|hết dung lượng|đầy bộ nhớ|đầy dung lượng|màn hình đen|không lên nguồn|mất nguồn|vào nước|rơi nước|bàn phím|chụp màn hình|cỡ chữ to|chữ bé quá|chữ nhỏ quá|phóng to chữ|chữ to|âm thanh|loa rè|loa không kêu|loa nhỏ|loa điện thoại|camera hỏng|virus|quảng cáo|hết bộ nhớ|bị treo|lag|frozen|mất tiếng|chập màn|sạc không vào|sạc pin',
  lessons:
    'tiếng anh|ngoại ngữ|học lái xe|học nấu ăn|nấu ăn|học nghề|học bơi|học võ|học đàn|học toán|học may|học thêm|luyện thi|học đại học|học lái|tin học văn phòng',
  safebox: 'két sắt|két|khóa cửa|ổ khóa|xe đạp|khóa xe|chìa khóa|cửa nhà|khóa số|vali',
  utility:
    'nước sạch|mất nước|mất điện|tiền điện|giá xăng|giá vàng|thời tiết|đường hỏng|rác|xổ số|kết quả xổ số|bóng đá|giá lúa|giá lợn|rác thải|weather|hàng xóm ồn|mất sóng|đường xá|cắt điện|lịch cắt điện|cúp điện|cắt nước|lịch tiêm|tiêm phòng|con lợn|thuốc trừ sâu|phân bón|chó sủa|hàng xóm ồn',
};
